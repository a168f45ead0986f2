import type { CommitmentRow, NamedParty } from './commitments.reader.js';
import { byParty } from './party-commitments.js';

const organization = (id: string): NamedParty => ({
  organizationId: id,
  organizationName: id.toUpperCase(),
  personId: null,
  personName: null,
});
const person = (id: string): NamedParty => ({
  organizationId: null,
  organizationName: null,
  personId: id,
  personName: id.toUpperCase(),
});
const row = (id: string, owedBy: NamedParty, owedTo: NamedParty) => ({ id, owedBy, owedTo }) as CommitmentRow;
const ids = (rows: CommitmentRow[]) => rows.map(({ id }) => id);

it('shows every promise with both its parties, a person for an organization as that organization', () => {
  const rows = [
    row('1', organization('ministry'), organization('chamber')),
    row('2', { ...organization('chamber'), personId: 'p', personName: 'P' }, person('leyla')),
  ];
  const shown = byParty(rows).map(({ party, owedByThem, owedToThem }) => [
    `${party.type} ${party.title}`,
    ids(owedByThem),
    ids(owedToThem),
  ]);
  expect(shown).toEqual([
    ['organization MINISTRY', ['1'], []],
    ['organization CHAMBER', ['2'], ['1']],
    ['person LEYLA', [], ['2']],
  ]);
});
