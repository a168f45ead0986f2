import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { type LedgerEntry, MessageLedger, STOPPABLE, takenBack } from '#messaging';
import { CLOSING_DAYS } from './commitments.reader.js';
import { type DigestMorning, morningIn } from './digest-morning.js';
import { type DigestReader, taskDigest } from './task-digest.mail.js';

/** Users looked at in one transaction. */
const BATCH = 500;
/** Lines of one kind in a digest; a heading counts the rest. */
const MOST_LINES = 20;
/** Promises whose windows close within so many days are told of, the first few of them. */
const MOST_PROMISES = 10;

type Reader = DigestReader & { day: string };

/**
 * Sends every user who wants it a digest of their tasks at eight in the morning where they are, late only while it is
 * still morning, and once a day. Any number of workers may.
 */
@Injectable()
export class TaskDigestsPlanner {
  constructor(
    readonly database: Database,
    private readonly ledger: MessageLedger,
  ) {}

  /** Answers how many users were looked at. `at` stands in for the database's clock. */
  async run(stopped: () => boolean = () => false, at?: Date): Promise<number> {
    const now = at ?? (await this.database.now());
    const mornings = await this.mornings(now);
    if (mornings.length === 0) return 0;
    let looked = 0;
    for (let last = BATCH; last === BATCH && !stopped(); looked += last) last = await this.plan(mornings, now);
    await this.refresh(mornings, now);
    return looked;
  }

  /** Plans the digests of some of those whose morning it is and who were not looked at today. */
  @Transactional()
  async plan(mornings: DigestMorning[], now: Date): Promise<number> {
    const claimed = await this.database.query<{ id: string }>(CLAIM, [JSON.stringify(mornings), BATCH]);
    const ids = claimed.map(({ id }) => id);
    await this.ledger.enter(digests(await this.readers(ids, mornings, now), mornings));
    return ids.length;
  }

  /** Digests that could not go out yet say what is so now; one that has nothing left to say is taken back. */
  @Transactional()
  async refresh(mornings: DigestMorning[], now: Date): Promise<void> {
    const waiting = await this.database.query<{ id: string; key: string }>(WAITING, [JSON.stringify(mornings)]);
    if (waiting.length === 0) return;
    const ids = waiting.map(({ id }) => id);
    const entries = digests(await this.readers(ids, mornings, now), mornings);
    const said = new Set(entries.map(({ dedupeKey }) => dedupeKey));
    await this.database.query(TAKE_BACK, [waiting.flatMap(({ key }) => (said.has(key) ? [] : [key]))]);
    await this.ledger.enter(entries.filter(({ dedupeKey }) => waiting.some(({ key }) => key === dedupeKey)));
  }

  private async mornings(now: Date): Promise<DigestMorning[]> {
    const zones = await this.database.query<{ zone: string }>(ZONES);
    return zones.flatMap(({ zone }) => morningIn(zone, now) ?? []);
  }

  private readers(ids: string[], mornings: DigestMorning[], now: Date): Promise<Reader[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.database.query<Reader>(READERS, [JSON.stringify(mornings), ids, now, MOST_LINES]);
  }
}

function digests(readers: Reader[], mornings: DigestMorning[]): LedgerEntry[] {
  return readers.flatMap((reader) => {
    const morning = mornings.find(({ timeZone }) => timeZone === reader.timeZone);
    return (morning && taskDigest(reader, morning)) ?? [];
  });
}

/** Zones in which somebody wants digests. */
const ZONES = 'SELECT DISTINCT time_zone AS zone FROM users WHERE digest AND archived_at IS NULL';

const MORNINGS = `jsonb_to_recordset($1::jsonb)
  AS m ("timeZone" text, day date, tomorrow timestamptz, horizon timestamptz)`;

/** Whoever moves west in the night has had the day's digest already, so a day never comes twice. */
const CLAIM = `
  INSERT INTO task_digests AS d (user_id, day)
  SELECT u.id, m.day FROM users u JOIN ${MORNINGS} ON m."timeZone" = u.time_zone
  WHERE u.digest AND u.archived_at IS NULL AND NOT EXISTS (SELECT FROM task_digests x WHERE x.user_id = u.id AND x.day >= m.day)
  ORDER BY u.id LIMIT $2
  ON CONFLICT (user_id) DO UPDATE SET day = excluded.day WHERE d.day < excluded.day
  RETURNING user_id AS id`;

const WAITING = `
  SELECT u.id, x.dedupe_key AS key FROM users u JOIN ${MORNINGS} ON m."timeZone" = u.time_zone
  JOIN messages x ON x.dedupe_key = 'digest:' || u.id || ':' || m.day
  WHERE u.archived_at IS NULL AND x.status IN ('planned', 'queued') ORDER BY u.id`;

const TAKE_BACK = `UPDATE messages SET ${takenBack(`'completed'`)} WHERE dedupe_key = ANY($1) AND ${STOPPABLE}`;

/** Of what is overdue, the latest come first; whoever is overwhelmed has seen the others before. */
const READERS = `
  SELECT u.id AS "userId", u.email, u.name, u.locale, u.time_zone AS "timeZone",
    jsonb_agg(jsonb_build_object('title', t.title, 'about', a.title, 'dueAt', t.due_at, 'group', t.kind, 'count', t.count)
      ORDER BY t.place) AS tasks,
    (SELECT jsonb_agg(jsonb_build_object('action', p.action, 'owedBy', p.owed_by, 'dueTo', p.due_to, 'count', p.count) ORDER BY p.due_to, p.id)
     FROM (SELECT c.id, c.action, c.due_to, count(*) OVER ()::int AS count,
         (SELECT title FROM records WHERE id = coalesce(c.owed_by_organization_id, c.owed_by_person_id)) AS owed_by
       FROM commitments c WHERE c.owner_id = u.id AND c.status = 'open' AND c.archived_at IS NULL
         AND c.due_to BETWEEN m.day AND m.day + ${CLOSING_DAYS} ORDER BY c.due_to, c.id LIMIT ${MOST_PROMISES}) p) AS closing
  FROM users u JOIN ${MORNINGS} ON m."timeZone" = u.time_zone
  CROSS JOIN LATERAL (
    SELECT g.*, count(*) OVER (PARTITION BY g.kind)::int AS count,
      row_number() OVER (PARTITION BY g.kind ORDER BY CASE WHEN g.kind = 'overdue' THEN -extract(epoch FROM g.due_at)
        ELSE extract(epoch FROM g.due_at) END, g.id) AS place
    FROM (
      SELECT w.id, w.title, w.due_at, w.about_id, CASE WHEN w.due_at < $3::timestamptz THEN 'overdue'
        WHEN w.due_at < m.tomorrow THEN 'dueToday' ELSE 'upcoming' END AS kind
      FROM tasks w WHERE w.assignee_id = u.id AND w.status = 'open' AND w.archived_at IS NULL AND w.due_at < m.horizon
    ) g
  ) t
  LEFT JOIN records a ON a.id = t.about_id AND a.visibility = 'internal'
  WHERE u.id = ANY($2::uuid[]) AND t.place <= $4 AND NOT EXISTS (SELECT FROM suppressions s WHERE s.email = u.email)
  GROUP BY u.id, m.day`;
