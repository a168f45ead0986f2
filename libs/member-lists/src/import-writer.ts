import { Injectable } from '@nestjs/common';
import { type CommitBatch, type CopyCell, copyRows, type LostRow, PLANNED_ROWS } from '#imports';
import { currentScope, Database, inScope } from '#database';
import { ImportAppeared } from './import-appeared.js';
import { closedCircles, saysParent } from './import-circles.js';
import { TABLES } from './import-lookup.js';
import { kindOf, PLAN_SLOTS, type PlannedRow, type PlanSlot, type SubjectKind } from './import-subject.js';
import { PARENTS_TAKE_TURNS } from '#members';

/** Columns an import writes, by table, with what stands in them where a new row says nothing. */
const WRITTEN: Record<SubjectKind, Readonly<Record<string, string | null>>> = {
  organization: {
    ...columns('name legal_name kind country website domain parent_id notes search_key match_key'),
    ...{ sectors: '{}', aliases: '{}', tags: '{}', alias_key: '' },
  },
  person: {
    ...columns(
      'full_name honorific native_name given_name family_name email phone country locale time_zone notes search_key match_key',
    ),
    ...{ aliases: '{}', other_emails: '{}', alias_key: '' },
  },
  position: columns('person_id organization_id title source started_on ended_on preferred'),
  membership: columns(
    'organization_id person_id tier_id joined_on starts_on ends_on cancelled_on cancellation_reason search_key',
  ),
};
/** Places in a plan that may hold something stored. */
const CHANGING: readonly PlanSlot[] = PLAN_SLOTS.filter((slot) => slot !== 'parent');

/** Keeps the advisory lock of members imports apart from those of others. */
const LOCK_SEED = 90;

/** Makes members imports take turns until their batch is committed, those that are taken back too. */
export const IMPORTS_IN_TURN = `SELECT pg_advisory_xact_lock(hashtextextended('members', ${LOCK_SEED}))`;

/** Plans read ahead: as many as a batch has when each of its rows writes. */
const AHEAD = 1_000;
const LAST_ROW = 2_147_483_647;

/** The plans of a batch to come, on their way from PostgreSQL. */
interface Ahead {
  importId: string;
  after: number;
  rows: Promise<PlannedRow[]>;
  arrived: boolean;
}

/** Writes the plans of a batch, one statement per table and kind of change. */
@Injectable()
export class ImportWriter {
  private ahead?: Ahead;

  constructor(
    private readonly database: Database,
    private readonly appeared: ImportAppeared,
  ) {}

  /**
   * Rows whose plan no longer fits are answered and not written. Batches go one after the other until the commit, so
   * that each sees all that another import has entered; the lock comes first, for only later statements see it.
   */
  async write(batch: CommitBatch, planned: PlannedRow[]): Promise<LostRow[]> {
    await this.database.query(IMPORTS_IN_TURN);
    const range = [batch.importId, batch.from, batch.to];
    if (planned.length === 0) return [];
    if (planned.some(({ plan }) => saysParent(plan))) await this.database.query(PARENTS_TAKE_TURNS);
    const lost = await this.lostRows(batch, range, planned);
    const sound = planned.filter(({ rowNumber }) => !lost.has(rowNumber));
    const changing = new Set<PlanSlot>(CHANGING.filter((slot) => sound.some(({ plan }) => plan[slot]?.before)));
    const parameters = [...range, [...lost.keys()]];
    if (changing.has('position')) await this.database.query(UNPREFERRED, parameters);
    for (const slot of PLAN_SLOTS) {
      await this.insert(slot, sound);
      if (changing.has(slot)) await this.database.query(updateSql(slot), parameters);
    }
    return [...lost.values()];
  }

  /** The rows of a batch that have something to write. */
  async planned(batch: CommitBatch): Promise<PlannedRow[]> {
    const rows = (await this.arrived(batch)) ?? (await this.read(batch));
    this.fetchAhead(batch);
    return rows;
  }

  private async arrived({ importId, from, to }: CommitBatch): Promise<PlannedRow[] | undefined> {
    const { ahead } = this;
    if (ahead?.importId !== importId || ahead.after !== from - 1) return undefined;
    const rows = await ahead.rows;
    const whole = rows.length < AHEAD || (rows.at(-1)?.rowNumber ?? 0) >= to;
    return whole ? rows.filter(({ rowNumber }) => rowNumber <= to) : undefined;
  }

  private read({ importId, from, to }: CommitBatch): Promise<PlannedRow[]> {
    return this.database.query<PlannedRow>(PLANS, [importId, from - 1, to, null]);
  }

  /**
   * The next plans come over while these are written, outside their transaction: nobody changes a plan once the
   * analysis is done. One batch at a time, so that imports which hold a connection each do not all wait for another.
   */
  private fetchAhead({ importId, to }: CommitBatch): void {
    if (this.ahead && !this.ahead.arrived) return;
    const alone = { ...currentScope(), transaction: undefined };
    const rows = inScope(alone, () => this.database.query<PlannedRow>(PLANS, [importId, to, LAST_ROW, AHEAD]));
    const ahead: Ahead = { importId, after: to, rows, arrived: false };
    const arrive = (): void => void (ahead.arrived = true);
    // Whoever takes the rows learns of a failure.
    rows.then(arrive, arrive);
    this.ahead = ahead;
  }

  /** New subjects go in by COPY, which takes PostgreSQL a third less than INSERT. */
  private async insert(slot: PlanSlot, rows: PlannedRow[]): Promise<void> {
    const pieces = rows.flatMap(({ plan }) => (plan[slot]?.new ? plan[slot] : []));
    if (pieces.length === 0) return;
    const kind = kindOf(slot);
    const written = Object.entries(WRITTEN[kind]);
    const names = written.map(([column]) => column).join(', ');
    const lines = pieces.map(({ id, after }) => [
      id,
      ...written.map(([column, fallback]) => copyCell(after[column] ?? fallback)),
    ]);
    await copyRows(this.database, `${TABLES[kind]} (id, ${names})`, lines);
  }

  /** Rows that no longer fit. Each question is asked only where the batch has rows it could be about. */
  private async lostRows(batch: CommitBatch, range: unknown[], planned: PlannedRow[]): Promise<Map<number, LostRow>> {
    const lost = new Map<number, LostRow>();
    const add = (rows: LostRow[]): void => rows.forEach((row) => lost.set(row.rowNumber, row));
    for (const slot of CHANGING.filter((place) => place !== 'link')) {
      if (planned.some(({ plan }) => plan[slot]?.before))
        add(await this.database.query<LostRow>(changedSql(slot), range));
    }
    add(await this.appeared.since(batch, planned));
    if (planned.some(({ plan }) => saysParent(plan))) add(await closedCircles(this.database, range));
    if (planned.some(restsOnOthers)) add(await this.database.query<LostRow>(ARCHIVED, range));
    if (batch.anyLost || lost.size > 0) await this.addDependents(range, lost);
    return lost;
  }

  /** Rows that rest on something a lost row was to create. */
  private async addDependents(range: unknown[], lost: Map<number, LostRow>): Promise<void> {
    for (let known = -1; known < lost.size;) {
      known = lost.size;
      for (const row of await this.database.query<LostRow>(DEPENDENT, [...range, [...lost.keys()]]))
        lost.set(row.rowNumber, row);
    }
  }
}

function columns(names: string): Record<string, null> {
  return Object.fromEntries(names.split(' ').map((column) => [column, null]));
}

/** Whether a row adds to an organization or a person that it does not create itself. */
const restsOnOthers = ({ plan, organizationId, personId }: PlannedRow): boolean =>
  (organizationId !== null && plan.organization?.new === undefined) ||
  (personId !== null && plan.person?.new === undefined);

/** A list as PostgreSQL writes it. */
function copyCell(value: unknown): CopyCell {
  if (!Array.isArray(value)) return value as CopyCell;
  return `{${value.map((item) => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

const problem = (code: string, message: string): string =>
  `jsonb_build_object('column', NULL, 'code', '${code}', 'message', '${message}') AS problem`;

/** Stored subjects that are gone, or no longer hold what the analysis saw; the others are locked until the commit. */
const changedSql = (slot: PlanSlot): string => `
  WITH planned AS (SELECT row_number, plan->'${slot}' AS piece FROM (${PLANNED_ROWS}) p WHERE plan->'${slot}'->'before' IS NOT NULL),
  stored AS (
    SELECT s.id, to_jsonb(s) AS state FROM ${TABLES[kindOf(slot)]} s
    WHERE s.id IN (SELECT (piece->>'id')::uuid FROM planned) AND s.archived_at IS NULL ORDER BY s.id FOR UPDATE)
  SELECT row_number AS "rowNumber", ${problem('changed_since', `The ${kindOf(slot)} has changed since the analysis; import the row again.`)}
  FROM planned LEFT JOIN stored ON stored.id = (piece->>'id')::uuid
  WHERE stored.id IS NULL OR stored.state || (piece->'before') <> stored.state`;

/** What a row adds to was taken out of the directory since. */
const ARCHIVED = `
  WITH planned AS MATERIALIZED (SELECT row_number, organization_id, person_id FROM (${PLANNED_ROWS}) p WHERE plan IS NOT NULL),
  archived AS (
    SELECT row_number FROM planned CROSS JOIN LATERAL (SELECT archived_at FROM organizations WHERE id = planned.organization_id OFFSET 0) x
      WHERE x.archived_at IS NOT NULL
    UNION SELECT row_number FROM planned CROSS JOIN LATERAL (SELECT archived_at FROM people WHERE id = planned.person_id OFFSET 0) x
      WHERE x.archived_at IS NOT NULL)
  SELECT row_number AS "rowNumber", ${problem('archived_since', 'The organization or the person was archived since the analysis.')} FROM archived`;

/** Needs an organization or a person that is not stored and that no sound row of this batch creates. */
const DEPENDENT = `
  WITH planned AS (SELECT * FROM (${PLANNED_ROWS}) p WHERE row_number <> ALL($4::int[])),
  needed AS (SELECT row_number, organization_id AS id, 'organization' AS kind FROM planned WHERE organization_id IS NOT NULL
    UNION ALL SELECT row_number, person_id, 'person' FROM planned WHERE person_id IS NOT NULL)
  SELECT DISTINCT row_number AS "rowNumber", ${problem('depends_on_failed_row', 'The row rests on an earlier one that could not be written.')}
  FROM needed n
  WHERE NOT EXISTS (SELECT FROM organizations WHERE id = n.id) AND NOT EXISTS (SELECT FROM people WHERE id = n.id)
    AND NOT EXISTS (SELECT FROM planned p, LATERAL (VALUES (p.plan->n.kind), (p.plan->'parent')) x (piece)
      WHERE (x.piece->>'id')::uuid = n.id AND x.piece->'new' IS NOT NULL)`;

/** One title is preferred at a time (positions_preferred), so the former one steps back before another steps up. */
const UNPREFERRED = `
  UPDATE positions SET preferred = false FROM (${PLANNED_ROWS}) p
  WHERE positions.id = (p.plan->'position'->>'id')::uuid AND p.row_number <> ALL($4::int[])
    AND p.plan->'position'->'before'->'preferred' = 'true' AND p.plan->'position'->'after'->'preferred' = 'false'`;

/** Rows behind one and up to another that have something to write, some or all (null) of them. */
const PLANS = `
  SELECT row_number AS "rowNumber", plan, organization_id AS "organizationId", person_id AS "personId"
  FROM import_verdicts WHERE import_id = $1 AND row_number > $2 AND row_number <= $3 AND plan IS NOT NULL
    AND verdict IN ('create', 'update', 'unchanged') ORDER BY row_number LIMIT $4`;

function updateSql(slot: PlanSlot): string {
  const kind = kindOf(slot);
  const names = Object.keys(WRITTEN[kind]);
  return `UPDATE ${TABLES[kind]} s SET version = s.version + 1, updated_at = now(), (${names.join(', ')}) =
      (SELECT ${names.map((name) => `r.${name}`).join(', ')} FROM jsonb_populate_record(s, c.after) r)
    FROM (
      SELECT (plan->'${slot}'->>'id')::uuid AS id, plan->'${slot}'->'after' AS after FROM (${PLANNED_ROWS}) p
      WHERE plan->'${slot}'->'before' IS NOT NULL AND row_number <> ALL($4::int[])) c
    WHERE s.id = c.id`;
}
