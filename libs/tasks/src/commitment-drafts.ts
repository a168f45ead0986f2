import { Injectable } from '@nestjs/common';
import { UsersReader } from '#access';
import { currentActor, isCalendarDate } from '#database';
import { type FieldFault, FaultList } from '#faults';
import { nameKey, type RecordReference, RecordsReader } from '#records';
import type { Commitment } from './commitment.entity.js';
import { remindBeforeFaults } from './remind-before.js';
import type { PointerOf } from './task-drafts.js';
import { unknownUser } from './unknown-user.js';

/** One side of a promise: an organization, a person, or a person for an organization. */
export interface Party {
  organizationId?: string | null;
  personId?: string | null;
}

export interface CommitmentInput {
  action: string;
  owedBy: Party;
  owedTo: Party;
  /** First day of the window, YYYY-MM-DD. */
  dueFrom?: string | null;
  /** Last day of the window. */
  dueTo?: string | null;
  /** The words in which it was promised, such as “later this year”. */
  dueText?: string | null;
  /** User who watches it; when absent, the user who writes it down. */
  ownerId?: string | null;
  /** ISO 8601 durations before 09:00 of the last day, none where empty; the usual ones when absent or null. */
  remindBefore?: string[] | null;
  about?: RecordReference | null;
  source?: string | null;
}

/** A commitment that was checked and only needs to be stored. */
export type CommitmentDraft = Omit<
  Commitment,
  'id' | 'version' | 'createdAt' | 'updatedAt' | 'archivedAt' | 'assignId'
>;
type CommitmentFields = Partial<CommitmentDraft>;

type Pointed = RecordReference & { pointer: string };

/** Checks what is asked of commitments, all faults at once, before anything is written. */
@Injectable()
export class CommitmentDrafts {
  constructor(
    private readonly records: RecordsReader,
    private readonly users: UsersReader,
  ) {}

  /** A draft for every input; where `faults` gets new ones, the drafts must not be used. */
  async ofNew(inputs: CommitmentInput[], at: PointerOf, faults: FaultList): Promise<CommitmentDraft[]> {
    await this.check(inputs, at, faults);
    const { kind, id } = currentActor();
    const ownerId = kind === 'user' ? id : null;
    return inputs.map((input) => ({ ...BLANK, createdBy: id, ownerId, ...fields(input) }) as CommitmentDraft);
  }

  /** What a patch changes. Throws Invalid. */
  async ofPatch(patch: Partial<CommitmentInput>, stored: Commitment): Promise<CommitmentFields> {
    const faults = new FaultList();
    await this.check([patch], () => '', faults, stored);
    faults.throwAny();
    return fields(patch);
  }

  private async check(
    inputs: Partial<CommitmentInput>[],
    at: PointerOf,
    faults: FaultList,
    stored?: Commitment,
  ): Promise<void> {
    const named = inputs.flatMap((input, index) => references(input, at(index)));
    if (named.length > 0) {
      await faults.gather(() => this.records.demand(named, currentActor(), (index) => named[index]?.pointer ?? ''));
    }
    const owners = inputs.flatMap(({ ownerId }) => ownerId ?? []);
    const users = owners.length > 0 ? await this.users.active(owners) : [];
    for (const [index, input] of inputs.entries()) {
      faults.add(
        ...partyFaults(input, at(index)),
        ...(input.about && input.about.id === stored?.id ? [aboutItself(at(index))] : []),
        ...windowFaults(input, at(index), stored),
        ...unknownUser(input.ownerId, users, `${at(index)}/ownerId`),
        ...remindBeforeFaults(input.remindBefore ?? [], `${at(index)}/remindBefore`),
      );
    }
  }
}

const BLANK: CommitmentFields = {
  status: 'open',
  owedByOrganizationId: null,
  owedByPersonId: null,
  owedToOrganizationId: null,
  owedToPersonId: null,
  dueFrom: null,
  dueTo: null,
  dueText: null,
  ownerId: null,
  remindBefore: null,
  reopeningNote: null,
  aboutId: null,
  source: null,
  evidence: null,
  evidenceId: null,
  settledAt: null,
};

function references({ owedBy, owedTo, about }: Partial<CommitmentInput>, at: string): Pointed[] {
  return [
    ...parties(owedBy, `${at}/owedBy`),
    ...parties(owedTo, `${at}/owedTo`),
    ...(about ? [{ ...about, pointer: `${at}/about` }] : []),
  ];
}

const parties = (party: Party | undefined, at: string): Pointed[] => [
  ...(party?.organizationId
    ? [{ type: 'organization' as const, id: party.organizationId, pointer: `${at}/organizationId` }]
    : []),
  ...(party?.personId ? [{ type: 'person' as const, id: party.personId, pointer: `${at}/personId` }] : []),
];

/** A party that is named must be somebody. */
function partyFaults(input: Partial<CommitmentInput>, at: string): FieldFault[] {
  return (['owedBy', 'owedTo'] as const)
    .filter((side) => input[side] && !input[side].organizationId && !input[side].personId)
    .map((side) => ({
      pointer: `${at}/${side}`,
      code: 'party_required',
      message: 'Name an organization, a person, or both.',
    }));
}

const aboutItself = (at: string): FieldFault => ({
  pointer: `${at}/about`,
  code: 'same_commitment',
  message: 'A commitment is not about itself.',
});

function windowFaults(input: Partial<CommitmentInput>, at: string, stored?: Commitment): FieldFault[] {
  const wrong = (['dueFrom', 'dueTo'] as const).filter((end) => input[end] && !isCalendarDate(input[end]));
  if (wrong.length > 0)
    return wrong.map((end) => ({ pointer: `${at}/${end}`, code: 'bad_date', message: 'A date YYYY-MM-DD.' }));
  const from = input.dueFrom === undefined ? stored?.dueFrom : input.dueFrom;
  const to = input.dueTo === undefined ? stored?.dueTo : input.dueTo;
  if (!from || !to || from <= to) return [];
  return [{ pointer: `${at}/dueTo`, code: 'ends_before_start', message: 'The window cannot end before it starts.' }];
}

/** Only what the input names, so that a patch leaves the rest alone. */
function fields({ action, owedBy, owedTo, ...rest }: Partial<CommitmentInput>): CommitmentFields {
  return {
    ...(action !== undefined && { action, searchKey: nameKey(action) }),
    ...(owedBy && { owedByOrganizationId: owedBy.organizationId ?? null, owedByPersonId: owedBy.personId ?? null }),
    ...(owedTo && { owedToOrganizationId: owedTo.organizationId ?? null, owedToPersonId: owedTo.personId ?? null }),
    ...plainFields(rest),
  };
}

function plainFields(input: Partial<CommitmentInput>): CommitmentFields {
  const { dueFrom, dueTo, dueText, ownerId, remindBefore, about, source } = input;
  return {
    ...(dueFrom !== undefined && { dueFrom }),
    ...(dueTo !== undefined && { dueTo }),
    ...(dueText !== undefined && { dueText }),
    ...(ownerId !== undefined && { ownerId }),
    ...(remindBefore !== undefined && { remindBefore: remindBefore && [...new Set(remindBefore)] }),
    ...(about !== undefined && { aboutId: about?.id ?? null }),
    ...(source !== undefined && { source }),
  };
}
