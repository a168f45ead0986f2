import { Injectable } from '@nestjs/common';
import {
  ConferencesReader,
  REGISTRATION_STATUSES,
  type RegistrationStatus,
  SESSION_STATUSES,
  type SessionStatus,
} from '#conferences';
import { currentActor, Database } from '#database';
import { EventParts, RecordsReader } from '#records';
import { SIDE_MEETING_STATUSES, type SideMeetingStatus } from '#side-meetings';
import { TradeMissionsReader } from '#trade-missions';
import { ATTRIBUTION_MODELS } from './attribution.js';
import type {
  Counts,
  CreditedValue,
  EventOutcome,
  Named,
  OutcomeAgreement,
  OutcomeDeal,
  OutcomeEventType,
  TouchedDeal,
  ValueSums,
} from './event-outcome.js';
import { agreementsPart, commitmentsPart, counted, dealsPart, type PromiseGroup } from './event-outcome-counts.js';
import { bucketOf, credited, dealsCredited, exactSums, WHOLE } from './event-outcome-credits.js';
import {
  agreementsSql,
  ATTENDANCE,
  CANDIDATES,
  commitmentsSql,
  dealsSql,
  MEETINGS,
  partsSql,
} from './event-outcome.sql.js';
import { VALUE_STATES } from './event-outcome.js';
import { type MoneySums, type Rates, ratesParameter, sumsOfSql } from './rates.js';

/**
 * What came of a conference or mission, as far as the caller may know: what is restricted to others is left out as if it were not
 * there. At most ten queries, however large the event.
 */
@Injectable()
export class EventOutcomesReader {
  constructor(
    private readonly database: Database,
    private readonly parts: EventParts,
    private readonly records: RecordsReader,
    private readonly conferences: ConferencesReader,
    private readonly missions: TradeMissionsReader,
  ) {}

  /** Throws NotFound. Archived events answer too. */
  async get(type: OutcomeEventType, id: string, rates?: Rates): Promise<EventOutcome> {
    const { name, status, archivedAt } = await (type === 'conference' ? this.conferences : this.missions).get(id);
    const actor = currentActor();
    const { now, parts } = await this.begin(id);
    const [meetings, commitments, agreements, attendance, deals] = await Promise.all([
      this.database.query<{ status: SideMeetingStatus; count: number }>(MEETINGS, [parts]),
      this.database.query<PromiseGroup>(commitmentsSql(actor), [parts]),
      this.database.query<OutcomeAgreement>(agreementsSql(actor), [parts]),
      type === 'conference' ? this.attendance(id) : {},
      this.deals(id, parts),
    ]);
    return {
      generatedAt: now,
      event: { type, id, title: name, status, archivedAt },
      ...attendance,
      meetings: counted(SIDE_MEETING_STATUSES, Object.fromEntries(meetings.map((row) => [row.status, row.count]))),
      commitments: commitmentsPart(commitments),
      agreements: agreementsPart(agreements),
      deals: dealsPart(deals),
      ...(await this.money(deals, rates)),
    };
  }

  /** The time, and all that is part of the event. */
  private async begin(id: string): Promise<{ now: Date; parts: string[] }> {
    const sql = partsSql(this.parts.pairsSql(), currentActor());
    const row = await this.database.queryOne<{ now: Date; parts: string[] }>(sql, [id]);
    if (!row) throw new Error('PostgreSQL does not tell the time');
    return row;
  }

  private async attendance(id: string): Promise<Pick<EventOutcome, 'sessions' | 'registrations'>> {
    const row = await this.database.queryOne<Found>(ATTENDANCE, [id]);
    return {
      sessions: counted(SESSION_STATUSES, row?.sessions ?? {}),
      registrations: counted(REGISTRATION_STATUSES, row?.registrations ?? {}),
    };
  }

  private async deals(id: string, parts: string[]): Promise<OutcomeDeal[]> {
    const sql = dealsSql(this.parts.pairsSql(), currentActor());
    const candidates = await this.database.queryOne<{ deals: string[] }>(CANDIDATES, [parts]);
    const touched = await this.database.query<TouchedDeal>(sql, [id, candidates?.deals ?? []]);
    const events = new Set(touched.flatMap(({ tallies }) => tallies.map(({ eventId }) => eventId)));
    const found = await this.records.findAll([...events].filter((event) => event !== null));
    const names = new Map(found.map((record) => [record.id, named(record)]));
    return touched.map((deal) => credited(deal, id, names));
  }

  private async money(deals: OutcomeDeal[], rates?: Rates): Promise<Pick<EventOutcome, 'value' | 'attribution'>> {
    const all = [WHOLE, ...ATTRIBUTION_MODELS] as const;
    const buckets = all.flatMap((of) => VALUE_STATES.map((state) => bucketOf(of, state)));
    const amounts = exactSums(deals).map((sum) => ({ ...sum, amount: String(sum.amount) }));
    const rows = await this.database.query<{ bucket: string; sums: MoneySums }>(SUMS, [
      JSON.stringify(amounts),
      ratesParameter(rates),
      buckets,
    ]);
    const byBucket = new Map(rows.map(({ bucket, sums }) => [bucket, sums]));
    const sumsOf = (of: (typeof all)[number]): ValueSums =>
      Object.fromEntries(VALUE_STATES.map((state) => [state, byBucket.get(bucketOf(of, state))])) as ValueSums;
    const models = ATTRIBUTION_MODELS.map((model) => [
      model,
      { deals: dealsCredited(deals, model), ...sumsOf(model) } satisfies CreditedValue,
    ]);
    return { value: sumsOf(WHOLE), attribution: Object.fromEntries(models) as EventOutcome['attribution'] };
  }
}

interface Found {
  sessions: Partial<Counts<SessionStatus>>;
  registrations: Partial<Counts<RegistrationStatus>>;
}

const named = ({ type, id, title }: Named): Named => ({ type, id, title });

/** Ten-thousandths added up by bucket $3; rates are $2. */
const SUMS = `
  SELECT b.bucket, ${sumsOfSql(
    `SELECT x.currency, x.amount / 10000 AS amount
     FROM jsonb_to_recordset($1::jsonb) AS x (bucket text, currency text, amount numeric) WHERE x.bucket = b.bucket`,
    '$2',
  )} AS sums
  FROM unnest($3::text[]) AS b (bucket)`;
