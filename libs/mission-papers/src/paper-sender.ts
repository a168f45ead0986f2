import type { Config } from '#config';
import { senderOf } from '#messaging';

/** The chamber, as its letterhead names it. */
export interface PaperSender {
  name: string;
  email: string;
  postalAddress: string;
}

/** The same house that mails come from. */
export function paperSender({ mailFrom, postalAddress }: Pick<Config, 'mailFrom' | 'postalAddress'>): PaperSender {
  const { name, address } = senderOf(mailFrom);
  return { name, email: address, postalAddress };
}
