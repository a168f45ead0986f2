import type { FieldFault } from '#faults';
import type { OrganizationMatch, PersonMatch } from '#members';
import type { Known, Missing, ParticipantInput } from './participant.js';

/** One answer, none (with near ones that were not meant), or several. */
export type Choice<Match> = { one: Match } | { none: Match[] } | { several: Match[] };

/**
 * Who of the matches is meant. An id or an address outranks a name. An organization narrows namesakes down to those
 * who hold a position there; where nobody does, only somebody of whom no position is known can be meant.
 */
export function choosePerson(
  input: ParticipantInput,
  matches: PersonMatch[],
  organization: Known | Missing | null,
): Choice<PersonMatch> {
  if (input.personId) return choiceOf(matches.filter((match) => match.by === 'id'));
  const byEmail = distinct(matches.filter((match) => match.by === 'email'));
  if (byEmail.length > 0) return choiceOf(narrowed(byEmail, organization) ?? byEmail);
  const byName = distinct(matches.filter((match) => match.by === 'name'));
  const fitting = narrowed(byName, organization);
  return fitting ? choiceOf(fitting) : { none: byName };
}

export function chooseOrganization(matches: OrganizationMatch[]): Choice<OrganizationMatch> {
  return choiceOf(matches);
}

function choiceOf<Match>(matches: Match[]): Choice<Match> {
  const [first, ...others] = matches;
  if (first === undefined) return { none: [] };
  return others.length === 0 ? { one: first } : { several: matches };
}

/** undefined: the organization rules all of them out. */
function narrowed(matches: PersonMatch[], organization: Known | Missing | null): PersonMatch[] | undefined {
  if (organization === null) return matches;
  const there = 'id' in organization ? matches.filter((match) => match.organizationIds.includes(organization.id)) : [];
  if (there.length > 0) return there;
  const unplaced = matches.filter((match) => match.organizationIds.length === 0);
  return unplaced.length > 0 ? unplaced : undefined;
}

const distinct = (matches: PersonMatch[]): PersonMatch[] => [
  ...new Map(matches.map((match) => [match.id, match])).values(),
];

/** What a client chooses from. */
const candidate = ({ id, fullName, organization, title }: PersonMatch) => ({ id, fullName, organization, title });

export const ambiguousPerson = (pointer: string, name: string, several: PersonMatch[]): FieldFault => ({
  pointer,
  code: 'ambiguous_person',
  message: `"${name}" fits ${several.length} people; say which one by personId, or name the organization.`,
  candidates: several.map(candidate),
});

/** `near`: people of that name at other organizations. */
export const unknownPerson = (pointer: string, name: string, near: PersonMatch[]): FieldFault => ({
  pointer,
  code: 'unknown_person',
  message: `Nobody in the directory fits "${name}"; give personId, or a name and createMissing.`,
  ...(near.length > 0 && { candidates: near.map(candidate) }),
});

export const ambiguousOrganization = (pointer: string, name: string, several: OrganizationMatch[]): FieldFault => ({
  pointer,
  code: 'ambiguous_organization',
  message: `"${name}" fits ${several.length} organizations; say which one by organizationId.`,
  candidates: several.map(({ id, name: fullName, kind, country }) => ({ id, name: fullName, kind, country })),
});

export const unknownOrganization = (pointer: string, name: string): FieldFault => ({
  pointer,
  code: 'unknown_organization',
  message: `No organization in the directory fits "${name}"; give organizationId, or a name and createMissing.`,
});
