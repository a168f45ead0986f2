import type { CommitmentRow, NamedParty } from './commitments.reader.js';

/** An organization, or a person who speaks for none. */
export interface PromisingParty {
  type: 'organization' | 'person';
  id: string;
  title: string | null;
}

/** What is open on either side of one party. */
export interface PartyCommitments {
  party: PromisingParty;
  owedByThem: CommitmentRow[];
  owedToThem: CommitmentRow[];
}

/** Every promise stands with both its parties, once each; the parties in the order in which they come up. */
export function byParty(rows: CommitmentRow[]): PartyCommitments[] {
  const parties = new Map<string, PartyCommitments>();
  const of = (named: NamedParty): PartyCommitments => {
    const party = partyOf(named);
    const known = parties.get(party.id) ?? { party, owedByThem: [], owedToThem: [] };
    parties.set(party.id, known);
    return known;
  };
  for (const row of rows) {
    of(row.owedBy).owedByThem.push(row);
    of(row.owedTo).owedToThem.push(row);
  }
  return [...parties.values()];
}

function partyOf({ organizationId, organizationName, personId, personName }: NamedParty): PromisingParty {
  if (organizationId !== null) return { type: 'organization', id: organizationId, title: organizationName };
  return { type: 'person', id: personId ?? '', title: personName };
}
