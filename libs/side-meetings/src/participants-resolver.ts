import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { FieldFault, FaultList } from '#faults';
import { DirectoryMatchesReader, type OrganizationMatch, type PersonMatch } from '#members';
import { organizationKey, personKey } from '#records';
import type { PointerOf } from '#tasks';
import { isKnown, type Known, type Missing, type ParticipantInput, type ResolvedParticipant } from './participant.js';
import {
  ambiguousOrganization,
  ambiguousPerson,
  chooseOrganization,
  choosePerson,
  unknownOrganization,
  unknownPerson,
} from './participant-choice.js';

/** Keeps the advisory locks on names apart from those of others. */
const LOCK_SEED = 130;

/** How participants are to be resolved. */
export interface Terms {
  createMissing: boolean;
  /** Where in the request the participant with this index stands. */
  at: PointerOf;
  faults: FaultList;
}

/** Finds out who is meant by the participants of a request, all of them in two queries. */
@Injectable()
export class ParticipantsResolver {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryMatchesReader,
  ) {}

  /**
   * A participant for every input; where `faults` gets new ones, the answer must not be used. With `createMissing`
   * a name that fits nobody is answered as missing instead of as a fault.
   */
  async resolve(inputs: ParticipantInput[], terms: Terms): Promise<ResolvedParticipant[]> {
    const { createMissing, at, faults } = terms;
    faults.add(...inputs.flatMap((input, index) => namingFaults(input, at(index))));
    if (createMissing) await this.takeTurns(inputs);
    const organizations = await this.organizations(inputs, terms);
    const matches = await this.directory.people(
      inputs.map(({ personId, email, name }) => ({ id: personId, email, name })),
    );
    const resolved = inputs.map((input, index) => {
      const own = matches.filter((match) => match.asked === index);
      return participantOf(input, own, organizations[index] ?? null, { ...terms, at: () => at(index) });
    });
    faults.add(...duplicateFaults(resolved, at));
    return resolved.filter((participant) => participant !== undefined);
  }

  private async organizations(
    inputs: ParticipantInput[],
    { at, ...terms }: Terms,
  ): Promise<(Known | Missing | null)[]> {
    if (!inputs.some((input) => input.organizationId || input.organization)) return [];
    const questions = inputs.map(({ organizationId, organization }) => ({
      id: organizationId,
      name: organizationId ? null : organization,
    }));
    const matches = await this.directory.organizations(questions);
    return inputs.map((input, index) => {
      const own = matches.filter((match) => match.asked === index);
      return organizationOf(input, own, { ...terms, at: () => at(index) });
    });
  }

  /** Requests that may create the same person or organization go one after the other until the commit. */
  private async takeTurns(inputs: ParticipantInput[]): Promise<void> {
    const names = inputs.flatMap(({ name, organization }) => [
      ...(name ? [`person:${personKey(name)}`] : []),
      ...(organization ? [`organization:${organizationKey(organization)}`] : []),
    ]);
    await this.database.query(
      `SELECT pg_advisory_xact_lock(key) FROM (
         SELECT DISTINCT hashtextextended(name, ${LOCK_SEED}) AS key FROM unnest($1::text[]) AS name ORDER BY key) ordered`,
      [names],
    );
  }
}

function participantOf(
  input: ParticipantInput,
  matches: PersonMatch[],
  organization: Known | Missing | null,
  terms: Terms,
): ResolvedParticipant | undefined {
  const { createMissing, at, faults } = terms;
  const { side, role = null } = input;
  const called = input.name ?? input.email ?? input.personId;
  if (!called) return undefined;
  const choice = choosePerson(input, matches, organization);
  if ('one' in choice)
    return { person: { id: choice.one.id }, organization: organization ?? presentOrganization(choice.one), side, role };
  if ('several' in choice) faults.add(ambiguousPerson(at(0), called, choice.several));
  else if (createMissing && input.name && !input.personId)
    return { person: { missing: input.name, email: input.email }, organization, side, role };
  else faults.add(unknownPerson(at(0), called, choice.none));
  return undefined;
}

function organizationOf(
  { organizationId, organization }: ParticipantInput,
  matches: OrganizationMatch[],
  { createMissing, at, faults }: Terms,
): Known | Missing | null {
  const called = organizationId ?? organization;
  if (!called) return null;
  const pointer = `${at(0)}/${organizationId ? 'organizationId' : 'organization'}`;
  const choice = chooseOrganization(matches);
  if ('one' in choice) return { id: choice.one.id };
  if ('several' in choice) faults.add(ambiguousOrganization(pointer, called, choice.several));
  else if (createMissing && !organizationId) return { missing: called };
  else faults.add(unknownOrganization(pointer, called));
  return null;
}

/** The organization at which the person holds a position now: the one to show where the request names none. */
const presentOrganization = (match: PersonMatch): Known | null =>
  match.current && match.organizationId ? { id: match.organizationId } : null;

function namingFaults(
  { personId, email, name, organizationId, organization }: ParticipantInput,
  pointer: string,
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!personId && !email && !name)
    faults.push({ pointer, code: 'person_required', message: 'Name a person by personId, email or name.' });
  if (personId && (email || name))
    faults.push({
      pointer,
      code: 'named_twice',
      message: 'Name a person by personId, or by email and name, not both.',
    });
  if (organizationId && organization)
    faults.push({
      pointer,
      code: 'named_twice',
      message: 'Name an organization by organizationId or by organization, not both.',
    });
  return faults;
}

function duplicateFaults(resolved: (ResolvedParticipant | undefined)[], at: PointerOf): FieldFault[] {
  const keys = resolved.map((participant) => participant && subjectKey(participant.person));
  return keys.flatMap((key, index) =>
    key === undefined || keys.indexOf(key) === index
      ? []
      : [
          {
            pointer: at(index),
            code: 'duplicate_participant',
            message: 'This person is among the participants already.',
          },
        ],
  );
}

const subjectKey = (person: Known | Missing): string => (isKnown(person) ? person.id : personKey(person.missing));
