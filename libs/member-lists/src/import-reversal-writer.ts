import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { PLANNED_ROWS, type RevertBatch, type RevertedRow } from '#imports';
import { Database } from '#database';
import { MessagesService } from '#messaging';
import { ImportDependents, RECORDED } from './import-dependents.js';
import { TABLES } from './import-lookup.js';
import { ImportRenewals } from './import-renewals.js';
import { type Reversal, reversalOf } from './import-reversal.js';
import { RowReversal } from './import-reversal-row.js';
import type { Values } from './member-row.js';
import { kindOf, type Piece, type Plan, PLAN_SLOTS, type SubjectKind } from './import-subject.js';
import { IMPORTS_IN_TURN } from './import-writer.js';

/** What points at others goes before them. */
const ORDER: SubjectKind[] = ['position', 'membership', 'person', 'organization'];

/** The pieces of a plan that are about subjects of a kind. */
const piecesOf = (plan: Plan, kind: SubjectKind): Piece[] =>
  PLAN_SLOTS.filter((slot) => kindOf(slot) === kind && slot !== 'link').flatMap((slot) => plan[slot] ?? []);

/** SQLSTATE class 23, integrity constraint violation: a former value no longer goes together with what people entered. */
const INTEGRITY = /^23/;

/** One subject that a batch wrote, and what a revert does to it. */
interface Undoing {
  row: RowReversal;
  piece: Piece;
}
type Judged = Undoing & { reversal: Reversal };

/** Takes back the plans of a batch: a handful of statements per table, however many rows it has. */
@Injectable()
export class ImportReversalWriter {
  private fresh?: Record<SubjectKind, Values>;

  constructor(
    private readonly database: Database,
    private readonly dependents: ImportDependents,
    private readonly messages: MessagesService,
    private readonly renewals: ImportRenewals,
  ) {}

  /** Takes turns with the commits and reverts of other imports, so that each sees all that others have written. */
  async revert(batch: RevertBatch): Promise<RevertedRow[]> {
    await this.database.query(IMPORTS_IN_TURN);
    const planned = await this.database.query<{ rowNumber: number; plan: Plan }>(PLANS, [
      batch.importId,
      batch.from,
      batch.to,
    ]);
    const rows = planned.map(({ rowNumber, plan }) => ({
      plan,
      row: new RowReversal(rowNumber, (field) => batch.header(field)),
    }));
    // What a later row put above an organization is taken back before the organization is compared with its own row.
    const links = rows.flatMap(({ plan: { link }, row }) => (link ? [{ row, piece: link }] : []));
    await this.undo('organization', links);
    for (const kind of ORDER) {
      await this.undo(
        kind,
        rows.flatMap(({ plan, row }) => piecesOf(plan, kind).map((piece) => ({ row, piece }))),
      );
    }
    await this.renewals.takeBack(planned.map(({ plan }) => plan));
    return rows.map(({ row }) => row.answer());
  }

  /** What breaks a constraint of the database is halved until the one subject that does so stands alone; it stays. */
  private async undo(kind: SubjectKind, pieces: Undoing[]): Promise<void> {
    if (pieces.length === 0) return;
    await this.database.query('SAVEPOINT import_reversal');
    try {
      const judged = await this.write(kind, pieces);
      await this.database.query('RELEASE SAVEPOINT import_reversal');
      for (const { row, piece, reversal, needed } of judged) row.add(kind, piece, reversal, needed);
      return;
    } catch (error) {
      if (!isIntegrityFault(error)) throw error;
      await this.database.query('ROLLBACK TO SAVEPOINT import_reversal');
      await this.database.query('RELEASE SAVEPOINT import_reversal');
    }
    const [first, ...others] = pieces;
    if (first && others.length === 0) return first.row.addConflict(kind);
    const middle = Math.ceil(pieces.length / 2);
    await this.undo(kind, pieces.slice(0, middle));
    await this.undo(kind, pieces.slice(middle));
  }

  /** An organization lets go of one above it before that one goes; others give way before what was there comes back. */
  private async write(kind: SubjectKind, pieces: Undoing[]) {
    const judged = await this.judge(kind, pieces);
    if (kind === 'organization') await this.restore(kind, judged);
    const removable = judged.filter(({ reversal }) => reversal.removes).map(({ piece }) => piece.id);
    const needed = await this.needed(kind, removable);
    await this.remove(
      kind,
      removable.filter((id) => !needed.has(id)),
    );
    if (kind !== 'organization') await this.restore(kind, judged);
    return judged.map((one) => ({ ...one, needed: needed.get(one.piece.id) }));
  }

  /** The subjects are locked until the commit, so that what is decided here stays true. */
  private async judge(kind: SubjectKind, pieces: Undoing[]): Promise<Judged[]> {
    const fresh = (this.fresh ??= await this.freshRows());
    const ids = pieces.map(({ piece }) => piece.id);
    const stored = await this.database.query<{ id: string; state: Values }>(lockedSql(TABLES[kind]), [ids]);
    const states = new Map(stored.map(({ id, state }) => [id, state]));
    return pieces.map((one) => ({
      ...one,
      reversal: reversalOf(kind, one.piece, states.get(one.piece.id), fresh[kind]),
    }));
  }

  /** Locking the records keeps others from pointing at them now. */
  private async needed(kind: SubjectKind, ids: string[]) {
    if (ids.length > 0 && RECORDED.has(TABLES[kind])) await this.database.query(LOCK_RECORDS, [ids]);
    return this.dependents.of(TABLES[kind], ids);
  }

  private async remove(kind: SubjectKind, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    if (RECORDED.has(TABLES[kind])) await this.messages.letGo(ids);
    await this.database.query(`DELETE FROM ${TABLES[kind]} WHERE id = ANY($1::uuid[])`, [ids]);
  }

  private async restore(kind: SubjectKind, judged: Judged[]): Promise<void> {
    const changed = judged.filter(({ reversal }) => Object.keys(reversal.restores).length > 0);
    // One title is preferred at a time (positions_preferred): one steps back before another steps up.
    const [stepUp, rest] = split(changed, ({ reversal }) => reversal.restores.preferred === true);
    await this.restoreAll(kind, rest);
    await this.restoreAll(kind, stepUp);
    if (kind === 'person') await this.messages.readdress(...changed.flatMap(addressMove));
  }

  private async restoreAll(kind: SubjectKind, changed: Judged[]): Promise<void> {
    if (changed.length === 0) return;
    const columns = [...new Set(changed.flatMap(({ reversal }) => Object.keys(reversal.restores)))];
    const rows = changed.map(({ piece, reversal }) => ({ id: piece.id, values: reversal.restores }));
    await this.database.query(restoreSql(TABLES[kind], columns), [JSON.stringify(rows)]);
  }

  /** New rows of the four tables as PostgreSQL makes them when nothing is said about any column. */
  private async freshRows(): Promise<Record<SubjectKind, Values>> {
    const columns = await this.database.query<{ table: string; column: string; value: string }>(COLUMNS, [
      Object.values(TABLES),
    ]);
    const fresh: Partial<Record<SubjectKind, Values>> = {};
    for (const kind of ORDER) {
      const own = columns.filter(({ table }) => table === TABLES[kind]);
      const list = own.map(({ column, value }) => `${value} AS "${column}"`).join(', ');
      const row = await this.database.queryOne<{ state: Values }>(
        `SELECT to_jsonb(f) AS state FROM (SELECT ${list}) f`,
      );
      fresh[kind] = row?.state ?? {};
    }
    return fresh as Record<SubjectKind, Values>;
  }
}

/** Mail that waits for a person follows the address that is given back. */
function addressMove({ piece, reversal }: Judged): { personId: string; from: string; to: string | null }[] {
  const { email } = reversal.restores as { email?: string | null };
  const from = piece.after.email as string | null | undefined;
  return email === undefined || !from ? [] : [{ personId: piece.id, from, to: email }];
}

function split<T>(items: T[], goesLeft: (item: T) => boolean): [left: T[], right: T[]] {
  return [items.filter(goesLeft), items.filter((item) => !goesLeft(item))];
}

function isIntegrityFault(error: unknown): boolean {
  return error instanceof QueryFailedError && INTEGRITY.test((error.driverError as { code?: string }).code ?? '');
}

const PLANS = `SELECT row_number AS "rowNumber", plan FROM (${PLANNED_ROWS}) p WHERE plan IS NOT NULL ORDER BY row_number DESC`;

const lockedSql = (table: string): string =>
  `SELECT s.id, to_jsonb(s) AS state FROM ${table} s WHERE s.id = ANY($1::uuid[]) ORDER BY s.id FOR UPDATE`;

const LOCK_RECORDS = 'SELECT FROM records WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE';

function restoreSql(table: string, columns: string[]): string {
  const names = columns.map((column) => `"${column}"`);
  return `UPDATE ${table} s SET version = s.version + 1, updated_at = now(), (${names.join(', ')}) =
      (SELECT ${names.map((name) => `r.${name}`).join(', ')} FROM jsonb_populate_record(s, c."values") r)
    FROM jsonb_to_recordset($1::jsonb) AS c (id uuid, "values" jsonb) WHERE s.id = c.id`;
}

/** What fills a column nobody fills, as an expression; columns that PostgreSQL computes, or that every row has, are left out. */
const COLUMNS = `
  SELECT a.attrelid::regclass::text AS "table", a.attname AS "column",
    coalesce(pg_get_expr(d.adbin, d.adrelid), 'NULL') AS value
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = ANY($1::text[]::regclass[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND a.attname NOT IN ('id', 'version', 'created_at', 'updated_at')
  ORDER BY 1, a.attnum`;
