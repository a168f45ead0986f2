import { Injectable } from '@nestjs/common';

/**
 * What happens as part of an event: the sessions of a conference, the meetings about a session. Features say so in SQL
 * that answers pairs of ids, `whole` and `part`, so that a hub can gather what concerns an event without knowing them.
 */
@Injectable()
export class EventParts {
  private readonly sources: string[] = [];

  /** `SELECT … AS whole, … AS part FROM …`; an index by the whole must lead to the parts. */
  register(source: string): void {
    this.sources.push(source);
  }

  /** SQL of all such pairs, `whole` and `part`; whoever joins it names one of the two. */
  pairsSql(): string {
    return this.sources.length > 0 ? this.sources.join(' UNION ALL ') : NOTHING;
  }

  /** SQL of the ids of some events and of all that is part of them; `ids` is SQL of a uuid[]. */
  idsSql(ids: string): string {
    return `WITH RECURSIVE event_parts (id) AS (
      SELECT unnest(${ids}) UNION SELECT p.part FROM event_parts e JOIN (${this.pairsSql()}) p ON p.whole = e.id
    ) SELECT id FROM event_parts`;
  }
}

const NOTHING = 'SELECT NULL::uuid AS whole, NULL::uuid AS part WHERE false';
