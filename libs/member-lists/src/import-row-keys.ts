import { nameKey, organizationKey } from '#records';
import { KEY } from './import-picture.js';
import type { MemberRow } from './member-row.js';

/** Other names are found as they are written, and without their legal form. */
const keysOfName = (matchKey: string, foldedName: string): string[] => [
  KEY.organization(matchKey),
  ...new Set([KEY.alias(foldedName), KEY.alias(matchKey)]),
];

/** Keys of an organization that stands above another one. */
export const keysOfParent = (name: string): string[] => keysOfName(organizationKey(name), nameKey(name));

/** Keys of the organization of a row; none where it gives no name. */
export const organizationKeysOf = (row: MemberRow): string[] => [
  ...(row.domain ? [KEY.domain(row.domain)] : []),
  ...(row.nameKey === '' ? [] : keysOfName(row.organizationKey, row.nameKey)),
];

/** Folded names that the organization of a row and the one above it may have besides their own. */
export const otherNamesOf = (row: MemberRow): string[] =>
  [
    ...[row.nameKey, row.organizationKey],
    ...(row.parentName ? [nameKey(row.parentName), organizationKey(row.parentName)] : []),
  ].filter(Boolean);

/** Keys of everybody a row may mean, but for the people of its organization. */
export const keysOfRow = (row: MemberRow): string[] => [
  ...organizationKeysOf(row),
  ...row.emails.map(KEY.email),
  ...(row.parentName ? keysOfParent(row.parentName) : []),
];

/** Keys of people whose own membership a row may mean. */
export function keysOfMember(row: MemberRow): string[] {
  const { person } = row.ids;
  return [...row.emails.map(KEY.email), KEY.alone(row.personKey), ...(person === undefined ? [] : [KEY.given(person)])];
}
