import { nameKey, organizationKey, personKey } from '#records';
import type { Organization } from './organization.entity.js';
import type { Person } from './person.entity.js';
import { remembered } from './remembered.js';

/** Folded other names, joined so that each one can still be told apart. */
export const aliasKey = (names: (string | null | undefined)[]): string =>
  [...new Set(names.filter((name) => name).map((name) => nameKey(name ?? '')))].join('|');

/** The same of an organization, with and without their legal forms: an import may meet either. */
export const organizationAliasKey = (names: (string | null | undefined)[]): string =>
  [...new Set(names.flatMap((name) => (name ? [nameKey(name), organizationKey(name)] : [])))].join('|');

/** Host of a website without `www.`; null when there is none or it cannot be read. */
export const websiteDomain = (website: string | null | undefined): string | null =>
  website ? readDomain(website) : null;

const readDomain = remembered((website): string | null => {
  const url = website.includes('://') ? website : `https://${website}`;
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase().replace(/^www\./, '') : null;
});

type OrganizationNames = Pick<Organization, 'name'> & Partial<Pick<Organization, 'legalName' | 'aliases' | 'website'>>;

/** The folded columns of an organization; computed on every write, so that search never lags behind. */
export const organizationKeys = (
  names: OrganizationNames,
): Pick<Organization, 'searchKey' | 'aliasKey' | 'matchKey' | 'domain'> => ({
  searchKey: nameKey(names.name),
  aliasKey: organizationAliasKey([names.legalName, ...(names.aliases ?? [])]),
  matchKey: organizationKey(names.name),
  domain: websiteDomain(names.website),
});

type PersonNames = Pick<Person, 'fullName'> & Partial<Pick<Person, 'nativeName' | 'aliases'>>;

/** The folded columns of a person. */
export const personKeys = (names: PersonNames): Pick<Person, 'searchKey' | 'aliasKey' | 'matchKey'> => ({
  searchKey: nameKey(names.fullName),
  aliasKey: aliasKey([names.nativeName, ...(names.aliases ?? [])]),
  matchKey: personKey(names.fullName),
});
