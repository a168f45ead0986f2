import { Injectable } from '@nestjs/common';
import { type Actor, currentActor, Database } from '#database';
import { Fault, type FieldFault, Forbidden, Invalid, NotFound } from '#faults';
import type { RecordReference, RecordType } from './record-types.js';

/** What is known of any record without asking its feature. */
export interface RecordSummary {
  id: string;
  type: RecordType | 'room' | 'itinerary_item' | 'milestone';
  title: string;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string | null;
  place: string | null;
  /** How often title, time, zone, place, precision or being on has changed; SEQUENCE of its calendar entry. */
  sequence: number;
  /** How far the dates may be trusted: day, month, year, window, unknown; null: to the minute. */
  datePrecision: string | null;
  /** Whether what is said of start and end is so to the minute. */
  exact: boolean;
  calledOff: boolean;
  archivedAt: Date | null;
}

const SUMMARY = `r.id, r.type, r.title, r.starts_at AS "startsAt", r.ends_at AS "endsAt", r.time_zone AS "timeZone",
  r.place, r.sequence, r.date_precision AS "datePrecision", r.date_precision IS NULL AS exact, r.called_off AS "calledOff", r.archived_at AS "archivedAt"`;

/**
 * SQL condition: the record (by its alias) is visible to the actor. Restricted records show themselves to their
 * owners, managers and administrators only. The id is a UUID of our own making, so it may stand in the text, unless
 * `bind` answers a placeholder for it: a prepared statement is the same for everybody.
 */
export function visibleSql(alias: string, actor: Actor, bind?: (id: string) => string): string {
  if (actor.role === 'admin' || actor.role === 'manager') return 'true';
  const id = actor.id === null ? null : (bind?.(actor.id) ?? `'${actor.id}'`);
  const owned = id === null ? '' : ` OR ${id}::uuid = ANY(${alias}.owner_ids)`;
  return `(${alias}.visibility = 'internal'${owned})`;
}

/**
 * Whoever is about to point at a record keeps it from being merged away meanwhile: a merge locks it, and what is written
 * behind its back would go on pointing at the merged one.
 */
const HELD = 'FOR KEY SHARE OF r';

/** JSON of an `about` answer, for the select list of another reader: `{type, id, title}` or null. */
export const aboutSql = (column: string): string =>
  `(SELECT jsonb_build_object('type', r.type, 'id', r.id, 'title', r.title) FROM records r WHERE r.id = ${column})`;

/** Answers about records whose feature the caller does not know. */
@Injectable()
export class RecordsReader {
  constructor(private readonly database: Database) {}

  /** The record, archived or not; undefined when there is none. */
  find(id: string): Promise<RecordSummary | undefined> {
    return this.database.queryOne<RecordSummary>(`SELECT ${SUMMARY} FROM records r WHERE r.id = $1`, [id]);
  }

  /** The same of several, those that there are, in the order of their ids. */
  findAll(ids: string[]): Promise<RecordSummary[]> {
    return this.database.query<RecordSummary>(
      `SELECT ${SUMMARY} FROM records r WHERE r.id = ANY($1::uuid[]) ORDER BY r.id`,
      [ids],
    );
  }

  /** The same of one that must be of this type and not archived, held until the commit; undefined when there is none. */
  findLive({ type, id }: RecordReference): Promise<RecordSummary | undefined> {
    return this.database.queryOne<RecordSummary>(
      `SELECT ${SUMMARY} FROM records r WHERE r.id = $1 AND r.type = $2 AND r.archived_at IS NULL ${HELD}`,
      [id, type],
    );
  }

  /** Those of some ids that are not archived, held until the commit. */
  async liveAmong(ids: string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT r.id FROM records r WHERE r.id = ANY($1::uuid[]) AND r.archived_at IS NULL ORDER BY r.id ${HELD}`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Throws NotFound for a record of this type that is not there, or that the actor may not know of. */
  async demandVisible(type: RecordType, id: string): Promise<void> {
    const seen = await this.database.queryOne(
      `SELECT FROM records v WHERE v.id = $1 AND v.type = $2 AND ${visibleSql('v', currentActor())}`,
      [id, type],
    );
    if (!seen) throw new NotFound(type.replaceAll('_', ' '), id);
  }

  /**
   * The records that `references` name, in their order. Throws Invalid at `pointer` (or `pointer/0`… for several)
   * for each that does not exist, is of another type, is archived, or is not visible to the actor. Those found are
   * held until the commit.
   */
  async demand(
    references: RecordReference[],
    actor: Actor,
    pointer: (index: number) => string,
  ): Promise<RecordSummary[]> {
    const found = await this.found(references, actor);
    const faults = references.flatMap((reference, index) =>
      found[index] ? [] : [unknownRecord(reference, pointer(index))],
    );
    if (faults.length > 0) throw new Invalid(faults);
    return found.filter((row) => row !== undefined);
  }

  /**
   * What is to show something about the record with the id `of`; held until the commit. Throws NoEvidence, whether it is not there or
   * not for the actor's eyes, and Invalid where it is that record itself.
   */
  async demandEvidence(evidence: RecordReference, of: string): Promise<void> {
    if (evidence.id === of) throw Invalid.field('/evidence', 'own_evidence', 'Nothing is shown by itself.');
    const [found] = await this.found([evidence], currentActor());
    if (!found) throw new NoEvidence(unknownRecord(evidence, '/evidence'));
  }

  /** Whoever may not know of what shows something does not put anything in its place. Throws Forbidden. */
  async demandReplaceable(evidenceId: string | null): Promise<void> {
    const hidden = await this.database.queryOne(
      `SELECT FROM records v WHERE v.id = $1 AND NOT ${visibleSql('v', currentActor())}`,
      [evidenceId],
    );
    if (hidden) throw new Forbidden('What shows this is not for your eyes; whoever may see it can replace it.');
  }

  private async found(references: RecordReference[], actor: Actor): Promise<(RecordSummary | undefined)[]> {
    const rows = await this.database.query<RecordSummary>(
      `SELECT ${SUMMARY} FROM records r WHERE r.id = ANY($1::uuid[]) AND r.archived_at IS NULL AND ${visibleSql('r', actor)}
       ${HELD}`,
      [references.map((reference) => reference.id)],
    );
    return references.map(({ id, type }) => rows.find((row) => row.id === id && row.type === type));
  }
}

/** Evidence is looked for as an address is: what is not there is not found. */
export class NoEvidence extends Fault {
  constructor(fault: FieldFault) {
    super('not_found', 'not_found', fault.message, [fault]);
  }
}

const unknownRecord = ({ type, id }: RecordReference, pointer: string): FieldFault => ({
  pointer,
  code: 'unknown_record',
  message: `There is no ${type.replaceAll('_', ' ')} with id ${id}.`,
});
