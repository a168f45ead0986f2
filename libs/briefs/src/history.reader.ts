import { Injectable } from '@nestjs/common';
import { currentActor, Database, type ListFilter, listRequest } from '#database';
import { OrganizationsReader, PeopleReader } from '#members';
import { RecordsReader, type TimelineEntry, TimelinesReader } from '#records';
import { BriefDealingsReader } from './brief-dealings.reader.js';
import { BriefEventsReader } from './brief-events.reader.js';
import type { LastContact } from './brief.js';
import { ACQUAINTED, acquaintedSince, dealsOf, type Moment, type StageRow } from './history-head.js';
import { HISTORY_KINDS, type History, type HistoryEntry, type HistoryHead, type HistoryRequest } from './history.js';
import { DEALS_BY_STAGE, factsSql } from './history.sql.js';
import { PartyFactsReader } from './party-facts.js';

type Party = History['party'] & { createdAt: Date };
type Facts = Pick<
  HistoryEntry,
  'timeZone' | 'place' | 'restricted' | 'datePrecision' | 'outcome' | 'topics' | 'people' | 'owedBy' | 'owedTo'
> & { id: string };

/**
 * All that was with an organization or a person, in order of time: what their timeline tells of the relationship, as far as the
 * caller may know, with what came of it. A dozen queries, however much there is.
 */
@Injectable()
export class HistoryReader {
  constructor(
    private readonly database: Database,
    private readonly timelines: TimelinesReader,
    private readonly records: RecordsReader,
    private readonly organizations: OrganizationsReader,
    private readonly people: PeopleReader,
    private readonly facts: PartyFactsReader,
    private readonly events: BriefEventsReader,
    private readonly dealings: BriefDealingsReader,
  ) {}

  /** Archived ones answer too. Throws NotFound, BadListRequest. */
  async organization(id: string, request: HistoryRequest): Promise<History> {
    const { name, country, archivedAt, createdAt } = await this.organizations.get(id);
    return this.history({ type: 'organization', id, name, country, archived: archivedAt !== null, createdAt }, request);
  }

  /** Archived ones answer too. Throws NotFound, BadListRequest. */
  async person(id: string, request: HistoryRequest): Promise<History> {
    const { fullName: name, country, archivedAt, createdAt } = await this.people.get(id);
    return this.history({ type: 'person', id, name, country, archived: archivedAt !== null, createdAt }, request);
  }

  private async history({ createdAt, ...party }: Party, { limit, cursor, from, to }: HistoryRequest): Promise<History> {
    const kinds = [...HISTORY_KINDS[party.type]];
    const filters: ListFilter[] = [
      { field: 'kind', operator: 'in', values: kinds },
      ...(from === undefined ? [] : [{ field: 'at', operator: 'gte' as const, values: [`${from}T00:00:00Z`] }]),
      ...(to === undefined ? [] : [{ field: 'at', operator: 'lt' as const, values: [`${dayAfter(to)}T00:00:00Z`] }]),
    ];
    const { data, page } = await this.timelines.of(party.type, party.id, listRequest({ filters, limit, cursor }));
    const [entries, head] = await Promise.all([this.entries(data), this.head(party, createdAt)]);
    const madeAt = await this.database.now();
    return { party, madeAt, preparedFor: currentActor().name, head, years: byYear(entries), page };
  }

  private async entries(told: TimelineEntry[]): Promise<HistoryEntry[]> {
    const once = eachOnce(told);
    const ids = once.flatMap(({ about }) => about?.id ?? []);
    const rows = await this.database.query<Facts>(factsSql(currentActor()), [[...new Set(ids)]]);
    const facts = new Map(rows.map(({ id, ...row }) => [id, row]));
    return once.map((entry) => completed(entry, entry.about ? facts.get(entry.about.id) : undefined));
  }

  /** Contacts and promises are those of the brief of this party alone, so that the two say the same. */
  private async head({ type, id }: History['party'], createdAt: Date): Promise<HistoryHead> {
    const party = type === 'organization' ? await this.facts.organization(id, false) : await this.facts.person(id);
    const [firsts, stages, { past, lastContact }, commitments] = await Promise.all([
      this.timelines.firstOf(type, id, ACQUAINTED),
      this.database.query<StageRow>(DEALS_BY_STAGE, [id]),
      this.events.of(party),
      this.dealings.commitments(party),
    ]);
    const { byThem, byUs, byOthers } = commitments;
    return {
      ...(await this.known(acquaintedSince(firsts, createdAt))),
      ...{ meetingsHeld: past.sideMeetings, sessionsSpoken: past.sessions, lastContact: contactOf(lastContact) },
      openCommitments: { byThem: byThem.count, toThem: byUs.count + byOthers.count },
      ...dealsOf(stages),
    };
  }

  private async known({ at, id }: Moment): Promise<Pick<HistoryHead, 'knownSince' | 'knownSincePrecision'>> {
    const [record] = await this.records.findAll(id ? [id] : []);
    const precision = record?.type === 'side_meeting' || record?.type === 'session' ? record.datePrecision : null;
    return {
      knownSince: dayIn(at, record?.timeZone ?? 'UTC'),
      // Of what nobody knows when it was, one knows when it was written down: since then at the latest.
      knownSincePrecision: precision === 'unknown' ? null : precision,
    };
  }
}

function contactOf(last: LastContact | null): HistoryHead['lastContact'] {
  if (!last) return null;
  const { type, id, title, startsAt: at, timeZone, datePrecision } = last;
  return { type, id, title, at, day: at && dayIn(at, timeZone), datePrecision };
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** Of a meeting or agreement that concerns somebody in two ways a timeline has two entries; here it is one event. */
function eachOnce(entries: TimelineEntry[]): TimelineEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ kind, about }) => {
    if ((kind !== 'side_meeting' && kind !== 'agreement') || !about) return true;
    const key = `${kind} ${about.id}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Kinds that take place somewhere: their own zone says on which day, and how far it may be trusted. */
const EVENTS = new Set(['side_meeting', 'session', 'conference', 'trade_mission']);
/** Kinds that tell what came of their record, who was there, what it was about. */
const SETTLED = new Set(['side_meeting', 'commitment_settled']);

const UNKNOWN: Omit<Facts, 'id'> = {
  ...{ timeZone: null, place: null, datePrecision: null, outcome: null },
  ...{ topics: [], people: [], owedBy: null, owedTo: null, restricted: false },
};

function completed(entry: TimelineEntry, facts = UNKNOWN): HistoryEntry {
  const { timeZone, place, datePrecision } = EVENTS.has(entry.kind) ? facts : UNKNOWN;
  const { outcome, topics, people } = SETTLED.has(entry.kind) ? facts : UNKNOWN;
  const told = entry.detail?.datePrecision;
  return {
    ...{ ...entry, ...facts, timeZone, place, outcome, topics, people },
    day: dayIn(entry.at, timeZone ?? 'UTC'),
    // Whoever was seen to come did so on that day, whatever is known of the conference.
    datePrecision: typeof told === 'string' ? told : entry.kind === 'conference' ? null : datePrecision,
  };
}

/** Swedish writes dates as ISO 8601 does. */
const dayIn = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('sv', { timeZone }).format(at);

function byYear(entries: HistoryEntry[]): History['years'] {
  const years = new Map<number, HistoryEntry[]>();
  for (const entry of entries) {
    const year = Number(entry.day.slice(0, 4));
    const own = years.get(year);
    if (own) own.push(entry);
    else years.set(year, [entry]);
  }
  return [...years].sort(([one], [other]) => other - one).map(([year, own]) => ({ year, entries: own }));
}
