/** Who mails come from. */
export interface Sender {
  /** Display name; the domain where there is none. */
  name: string;
  address: string;
  domain: string;
}

/** Reads `Chamber Events <events@chamber.example>`; a comma or an @ in the name is part of the name. */
export function senderOf(mailFrom: string): Sender {
  const [, before = '', address = ''] = /^([^<>]*?)<?([^\s<>]+)>?$/.exec(mailFrom.trim()) ?? [];
  const domain = /@(.+)$/.exec(address)?.[1] ?? 'localhost';
  const name = before
    .replace(/[\p{Cc}\u2028\u2029"]/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return { name: name || domain, address, domain };
}
