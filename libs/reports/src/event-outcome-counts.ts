import { AGREEMENT_RELATIONS, AGREEMENT_STATUSES } from '#agreements';
import type { CommitmentStatus } from '#tasks';
import type {
  CommitmentCounts,
  Counted,
  Counts,
  EventOutcome,
  Named,
  OutcomeAgreement,
  OutcomeDeal,
  PartyPromises,
} from './event-outcome.js';
import { stateOf } from './event-outcome-credits.js';

/** Promises of one pair of parties that stand alike. */
export interface PromiseGroup {
  status: CommitmentStatus;
  overdue: boolean;
  count: number;
  owedBy: Named;
  owedTo: Named;
}

/** All statuses, also those that there are none of. */
export function counted<Status extends string>(
  all: readonly Status[],
  found: Partial<Counts<Status>>,
): Counted<Status> {
  const byStatus = Object.fromEntries(all.map((status) => [status, found[status] ?? 0])) as Counts<Status>;
  return { total: Object.values<number>(byStatus).reduce((sum, count) => sum + count, 0), byStatus };
}

/** Each promise once in the totals, and once with each of its two parties. */
export function commitmentsPart(groups: PromiseGroup[]): EventOutcome['commitments'] {
  const parties = new Map<string, PartyPromises>();
  const of = (party: Named): PartyPromises => {
    const known = parties.get(party.id) ?? { party, owedByThem: noPromises(), owedToThem: noPromises() };
    parties.set(party.id, known);
    return known;
  };
  const totals = noPromises();
  for (const group of groups) {
    for (const counts of [totals, of(group.owedBy).owedByThem, of(group.owedTo).owedToThem]) count(counts, group);
  }
  return { ...totals, byParty: [...parties.values()].sort(byTitle) };
}

const noPromises = (): CommitmentCounts => ({ total: 0, open: 0, overdue: 0, kept: 0, broken: 0, released: 0 });

function count(counts: CommitmentCounts, { status, overdue, count: number }: PromiseGroup): void {
  counts.total += number;
  counts[status] += number;
  if (overdue) counts.overdue += number;
}

const byTitle = ({ party: a }: PartyPromises, { party: b }: PartyPromises): number =>
  a.title.localeCompare(b.title) || (a.id < b.id ? -1 : 1);

/** Each agreement once in the total and by status, and once under each relation that it has to the event or any part of it. */
export function agreementsPart(data: OutcomeAgreement[]): EventOutcome['agreements'] {
  const byRelation = Object.fromEntries(
    AGREEMENT_RELATIONS.map((relation) => [
      relation,
      data.filter(({ relations }) => relations.includes(relation)).length,
    ]),
  ) as EventOutcome['agreements']['byRelation'];
  return { ...counted(AGREEMENT_STATUSES, tally(data.map(({ status }) => status))), byRelation, data };
}

/** Each deal once in the total, in every effect that the event had on it, and in where it stands. */
export function dealsPart(data: OutcomeDeal[]): EventOutcome['deals'] {
  const having = (effect: OutcomeDeal['effects'][number]): number =>
    data.filter(({ effects }) => effects.includes(effect)).length;
  return {
    total: data.length,
    originated: having('originated'),
    advanced: having('advanced'),
    closed: having('closed'),
    mentionedOnly: having('mentioned'),
    ...{ open: 0, won: 0, lost: 0, ...tally(data.map(stateOf)) },
    data,
  };
}

/** How often each value is there. */
export function tally<Key extends string>(values: Key[]): Partial<Counts<Key>> {
  const found: Partial<Counts<Key>> = {};
  for (const value of values) found[value] = (found[value] ?? 0) + 1;
  return found;
}
