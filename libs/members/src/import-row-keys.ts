import { nameKey, organizationKey } from '#records';
import { KEY } from './import-picture.js';
import type { MemberRow } from './member-row.js';

/** Keys of the organization of a row; none where it gives no name. */
export const organizationKeysOf = (row: MemberRow): string[] => [
  ...(row.domain ? [KEY.domain(row.domain)] : []),
  ...(row.nameKey === '' ? [] : [KEY.organization(row.organizationKey), KEY.alias(row.nameKey)]),
];

/** Keys of everybody a row may mean, but for the people of its organization. */
export const keysOfRow = (row: MemberRow): string[] => [
  ...organizationKeysOf(row),
  ...row.emails.map(KEY.email),
  ...(row.parentName ? [KEY.organization(organizationKey(row.parentName)), KEY.alias(nameKey(row.parentName))] : []),
];

/** Keys of people whose own membership a row may mean. */
export function keysOfMember(row: MemberRow): string[] {
  const { person } = row.ids;
  return [...row.emails.map(KEY.email), KEY.alone(row.personKey), ...(person === undefined ? [] : [KEY.given(person)])];
}
