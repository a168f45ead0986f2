import { isTimeZone } from '#calendar';
import { nameKey } from '#records';
import { countryCode } from './import-countries.js';
import { splitList } from './list-cell.js';
import { ORGANIZATION_KINDS, type OrganizationKind, remembered, websiteDomain } from '#members';

/** A value read from a cell, or why it cannot be. */
export type Read<T> = { value: T } | { code: string; message: string };

/** Hosts that many organizations share: an address there says nothing about who is who. */
const SHARED_HOSTS =
  /(^|\.)(facebook|instagram|linkedin|twitter|x|youtube|tiktok|t|vk|linktr|google|wixsite|wordpress|blogspot|medium|github)\.(com|me|ee|io)$/;
const LIST_LIMIT = 100;

const KIND_NAMES: Record<string, OrganizationKind> = Object.fromEntries(
  (
    [
      ['company', 'Firm|Business|Şirkət|Компания|Şirket|Firma'],
      ['bank', 'Bank|Банк|Banka'],
      ['ministry', 'Nazirlik|Министерство|Bakanlık'],
      ['government_agency', 'Agency|Dövlət agentliyi|Agentlik|Агентство|Госорган|Devlet kurumu'],
      ['state_owned_enterprise', 'SOE|State-owned company|Dövlət müəssisəsi|Госпредприятие|Kamu iktisadi teşebbüsü'],
      ['embassy', 'Səfirlik|Посольство|Büyükelçilik'],
      ['chamber', 'Chamber of commerce|Palata|Ticarət palatası|Палата|Торговая палата|Ticaret odası|Oda'],
      ['association', 'Assosiasiya|Ассоциация|Birlik|Dernek'],
      ['university', 'Universitet|Университет|Üniversite'],
      ['nonprofit', 'Non-profit|NGO|QHT|Qeyri-hökumət təşkilatı|НКО|НПО|Vakıf|STK'],
      ['media', 'Mətbuat|СМИ|Medya|Basın'],
      ['other', 'Digər|Другое|Прочее|Diğer'],
    ] satisfies [OrganizationKind, string][]
  ).flatMap(([kind, names]) => names.split('|').map((name) => [nameKey(name), kind])),
);

/** One of the kinds of organization, by its code or a usual word for it. */
export const readKind = remembered((text): Read<OrganizationKind> => {
  const code = text.toLowerCase().replace(/[\s-]+/g, '_');
  const kind = ORGANIZATION_KINDS.find((known) => known === code) ?? KIND_NAMES[nameKey(text)];
  if (kind) return { value: kind };
  return {
    code: 'unknown_kind',
    message: `"${text}" is no kind of organization; there are: ${ORGANIZATION_KINDS.join(', ')}.`,
  };
});

/** ISO 3166-1 alpha-2. */
export const readCountry = remembered((text): Read<string> => {
  const code = countryCode(text);
  return code ? { value: code } : { code: 'unknown_country', message: `There is no country "${text}".` };
});

/** With its scheme, `https://` unless it says otherwise. */
export function readWebsite(text: string): Read<string> {
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const read = URL.canParse(url) ? new URL(url) : undefined;
  const sound = read && /^https?:$/.test(read.protocol) && /^([^.\s]+\.)+[^.\s]{2,}$/.test(read.hostname);
  if (sound && text.length <= 300) return { value: url };
  return { code: 'bad_website', message: `"${text}" is not the address of a website.` };
}

/** Host by which an organization may be recognised. */
export function ownDomain(website: string | undefined): string | null {
  const domain = websiteDomain(website);
  return domain !== null && SHARED_HOSTS.test(domain) ? null : domain;
}

/** One or several addresses, lower-case; the first is the main one. */
export function readEmails(text: string): Read<string[]> {
  const emails = [
    ...new Set(
      text
        .toLowerCase()
        .split(/[;,\s]+/)
        .filter(Boolean),
    ),
  ];
  const bad = emails.find((email) => email.length > 254 || !EMAIL.test(email));
  if (bad === undefined && emails.length <= 20) return { value: emails };
  return { code: 'bad_email', message: `"${bad ?? text}" is not an e-mail address.` };
}

/** The usual part of RFC 5321: a dot-atom, and a domain of at least two labels. */
const EMAIL =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;

/** Kept as written: numbers are for people to dial. */
export function readPhone(text: string): Read<string> {
  const digits = text.replace(/\D/g, '').length;
  if (/^[\d\s()+./;,#*\u2010-\u2015-]+$/.test(text) && digits >= 3 && text.length <= 100) return { value: text };
  return { code: 'bad_phone', message: `"${text}" is not a telephone number.` };
}

/** BCP 47 language tag. */
export const readLocale = remembered((text): Read<string> => {
  const tag = text.replaceAll('_', '-');
  if (/^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i.test(tag))
    return { value: Intl.getCanonicalLocales(tag)[0] ?? tag };
  return { code: 'bad_locale', message: `"${text}" is not a language tag such as az or en-US.` };
});

/** A list in one cell, each thing once and of at most so many characters. */
export const readList =
  (limit: number) =>
  (text: string): Read<string[]> => {
    const items = splitList(text);
    const long = items.find((item) => item.length > limit);
    if (long !== undefined) return { code: 'too_long', message: `"${long}" has more than ${limit} characters.` };
    if (items.length > LIST_LIMIT)
      return { code: 'too_many', message: `The cell lists more than ${LIST_LIMIT} things.` };
    return { value: items };
  };

const YES = new Set(['yes', 'true', '1', 'x', 'hə', 'bəli', 'да', 'evet']);
const NO = new Set(['no', 'false', '0', 'yox', 'xeyr', 'нет', 'hayır']);

/** Yes or no, in any of the four languages. */
export function readYesNo(text: string): Read<boolean> {
  const word = text.toLowerCase();
  if (YES.has(word) || NO.has(word)) return { value: YES.has(word) };
  return { code: 'bad_yes_or_no', message: `"${text}" is neither yes nor no.` };
}

/** IANA zone. */
export const readTimeZone = remembered((text): Read<string> => {
  if (isTimeZone(text)) return { value: text };
  return { code: 'bad_time_zone', message: `"${text}" is not an IANA time zone such as Asia/Baku.` };
});

/** UUID (RFC 9562) of something in this or another directory. */
export function readId(text: string): Read<string> {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return { value: text.toLowerCase() };
  return { code: 'bad_id', message: `"${text}" is not an id; leave the cell empty when there is none.` };
}

/** Text of at most so many characters. */
export const readText =
  (limit: number) =>
  (text: string): Read<string> =>
    text.length <= limit
      ? { value: text }
      : { code: 'too_long', message: `The cell has more than ${limit} characters.` };
