import type { MemberRow, Values } from './member-row.js';
import { organizationAliasKey, organizationKeys, personKeys, websiteDomain } from '#members';

/** The folded columns of an organization, from its other columns. */
export function organizationColumns(state: Values): Values {
  const {
    name,
    legal_name: legalName,
    aliases,
    website,
  } = state as {
    name: string;
    legal_name?: string | null;
    aliases?: string[];
    website?: string | null;
  };
  const keys = organizationKeys({ name, legalName, aliases, website });
  return { search_key: keys.searchKey, alias_key: keys.aliasKey, match_key: keys.matchKey, domain: keys.domain };
}

/** The same for a new organization, whose name the row has folded already. */
export function newOrganizationColumns({ organization, nameKey, organizationKey }: MemberRow): Values {
  const {
    legal_name: legalName,
    aliases = [],
    website,
  } = organization as { legal_name?: string; aliases?: string[]; website?: string };
  return {
    search_key: nameKey,
    alias_key: organizationAliasKey([legalName, ...aliases]),
    match_key: organizationKey,
    domain: websiteDomain(website),
  };
}

/** The folded columns of a person, from its other columns. */
export function personColumns(state: Values): Values {
  const {
    full_name: fullName,
    native_name: nativeName,
    aliases,
  } = state as {
    full_name: string;
    native_name?: string | null;
    aliases?: string[];
  };
  const keys = personKeys({ fullName, nativeName, aliases });
  return { search_key: keys.searchKey, alias_key: keys.aliasKey, match_key: keys.matchKey };
}
