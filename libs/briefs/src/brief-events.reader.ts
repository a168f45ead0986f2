import { Injectable } from '@nestjs/common';
import { currentActor, Database } from '#database';
import { eventsSql, LAST_CONFERENCE } from './brief-events.sql.js';
import type { BriefedEvent, Events, LastContact } from './brief.js';
import { type FactsParty, partyParameters } from './party-facts.js';

interface EventRow extends BriefedEvent {
  phase: 'past' | 'upcoming' | 'unlogged';
  count: number;
  sessions: number;
}

/** When the house met somebody, and will meet them. */
@Injectable()
export class BriefEventsReader {
  constructor(private readonly database: Database) {}

  /** Two queries. */
  async of(party: FactsParty): Promise<Record<EventRow['phase'], Events> & { lastContact: LastContact | null }> {
    const parameters = partyParameters(party);
    const [rows, [conference]] = await Promise.all([
      this.database.query<EventRow>(eventsSql(currentActor()), parameters),
      this.database.query<LastContact>(LAST_CONFERENCE, parameters),
    ]);
    const past = eventsIn('past', rows);
    return {
      ...{ past, upcoming: eventsIn('upcoming', rows), unlogged: eventsIn('unlogged', rows) },
      lastContact: later(past.data[0] && contactOf(past.data[0]), conference),
    };
  }
}

function eventsIn(phase: EventRow['phase'], rows: EventRow[]): Events {
  const data = rows.filter((row) => row.phase === phase);
  const { count = 0, sessions = 0 } = data[0] ?? {};
  return { count, sessions, sideMeetings: count - sessions, data };
}

const contactOf = ({ ours, ...event }: BriefedEvent): LastContact => ({
  ...event,
  by: ours.map(({ fullName }) => fullName),
});

/** One of which nobody knows when it was comes first only where there is no other. */
function later(one: LastContact | undefined, other: LastContact | undefined): LastContact | null {
  const time = (contact: LastContact | undefined): number => contact?.startsAt?.getTime() ?? -Infinity;
  return (time(other) > time(one) ? other : (one ?? other)) ?? null;
}
