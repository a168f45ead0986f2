import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { currentActor, Database } from '#database';
import { NotFound } from '#faults';
import type { SectorLabels } from '#records';
import {
  DelegatesReader,
  type HostRow,
  HostsReader,
  type ItineraryItemRow,
  ItineraryReader,
  takesPart,
  TradeMissionsReader,
} from '#trade-missions';
import { commitmentsSql, entriesSql, ORGANIZATIONS, pastMeetingsSql } from './briefing-facts.sql.js';
import type {
  BriefedCommitment,
  BriefedDelegate,
  BriefedEntry,
  BriefedHost,
  BriefedMeeting,
  Briefing,
} from './briefing.js';
import { DelegateNotComing } from './mission-papers.errors.js';
import { type PaperPerson, PaperPeopleReader } from './paper-people.reader.js';
import { paperSender } from './paper-sender.js';

/**
 * What a briefing book tells, as far as the caller may know. A personal copy is handed to somebody outside: it tells of no
 * restricted meeting but the delegate’s own, and neither who took part in past meetings nor what was noted of them. A dozen
 * queries, however large the mission.
 */
@Injectable()
export class BriefingReader {
  constructor(
    private readonly database: Database,
    private readonly missions: TradeMissionsReader,
    private readonly delegates: DelegatesReader,
    private readonly hosts: HostsReader,
    private readonly itinerary: ItineraryReader,
    private readonly people: PaperPeopleReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The chamber’s own book, or the copy of one delegate. Throws NotFound, DelegateNotComing. */
  async get(missionId: string, delegateId?: string): Promise<Briefing> {
    const mission = (await this.missions.get(missionId, ['sponsor', 'owner'])) as Briefing['mission'];
    if (delegateId) await this.demandComing(missionId, delegateId);
    const [delegates, allHosts, items] = await Promise.all([
      this.delegates.ofMission(missionId),
      this.hosts.ofMission(missionId),
      this.itinerary.ofMission(missionId),
    ]);
    const hosts = allHosts.filter(({ status }) => status !== 'declined');
    const people = await this.people.ofIds([
      ...delegates.map(({ personId }) => personId),
      ...hosts.flatMap(({ contactId }) => contactId ?? []),
    ]);
    const briefed = delegates.map((delegate) => ({ ...delegate, person: people.get(delegate.personId) ?? null }));
    const copyOf = briefed.find(({ id }) => id === delegateId) ?? null;
    const [entries, commitments, profiles, clock] = await Promise.all([
      this.entries(missionId, items, copyOf),
      this.commitments(hosts, copyOf ? [copyOf] : briefed, copyOf === null),
      this.profiles(hosts, people, copyOf !== null),
      this.database.queryOne<{ now: Date }>('SELECT now() AS now'),
    ]);
    const sectors = await this.sectors([...mission.sectors, ...profiles.flatMap((host) => host.sectors)]);
    return {
      ...{ mission, copyOf, delegates: briefed, hosts: profiles, entries, commitments, sectors },
      madeAt: clock?.now ?? new Date(),
      sender: paperSender(this.config),
      homeTimeZones: this.config.homeTimeZones,
    };
  }

  private async demandComing(missionId: string, delegateId: string): Promise<void> {
    const delegate = await this.delegates.get(delegateId);
    if (delegate.missionId !== missionId) throw new NotFound('delegate', delegateId);
    if (delegate.archivedAt) throw new DelegateNotComing('archived');
    if (!takesPart(delegate.status)) throw new DelegateNotComing(delegate.status);
  }

  private async entries(missionId: string, items: ItineraryItemRow[], copyOf: BriefedDelegate | null) {
    const meetings = await this.database.query<BriefedEntry>(entriesSql(currentActor()), [
      missionId,
      copyOf?.personId ?? null,
    ]);
    const mine = items.filter(({ delegates }) => !copyOf || delegates.some(({ id }) => id === copyOf.id));
    return [...mine.map(entryOf), ...meetings].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  }

  private commitments(hosts: HostRow[], home: BriefedDelegate[], withChamber: boolean): Promise<BriefedCommitment[]> {
    return this.database.query<BriefedCommitment>(commitmentsSql(currentActor()), [
      hosts.map(({ organizationId }) => organizationId),
      hosts.flatMap(({ contactId }) => contactId ?? []),
      home.flatMap(({ organizationId }) => organizationId ?? []),
      home.map(({ personId }) => personId),
      withChamber,
    ]);
  }

  private async profiles(hosts: HostRow[], people: Map<string, PaperPerson>, leaves: boolean): Promise<BriefedHost[]> {
    const ids = hosts.map(({ organizationId }) => organizationId);
    const [organizations, meetings] = await Promise.all([
      this.database.query<Pick<BriefedHost, 'id' | 'kind' | 'country' | 'website' | 'sectors'>>(ORGANIZATIONS, [ids]),
      this.database.query<BriefedMeeting>(pastMeetingsSql(currentActor()), [ids, leaves]),
    ]);
    const profiles = new Map(organizations.map(({ id, ...profile }) => [id, profile]));
    return hosts.map((host) => ({
      ...host,
      ...(profiles.get(host.organizationId) ?? { kind: 'other', country: null, website: null, sectors: [] }),
      contactPerson: people.get(host.contactId ?? '') ?? null,
      meetings: meetings.filter(({ organizationId }) => organizationId === host.organizationId),
    }));
  }

  private async sectors(codes: string[]): Promise<Map<string, SectorLabels>> {
    const rows = await this.database.query<{ code: string; labels: SectorLabels }>(
      'SELECT code, labels FROM sectors WHERE code = ANY($1::text[])',
      [codes],
    );
    return new Map(rows.map(({ code, labels }) => [code, labels]));
  }
}

const entryOf = (item: ItineraryItemRow): BriefedEntry => ({
  startsAt: item.startsAt,
  endsAt: item.endsAt,
  timeZone: item.timeZone,
  title: item.title,
  kind: item.kind,
  place: item.place,
  host: item.host?.organization ?? null,
  notes: item.notes,
  people: item.delegateIds && item.delegates.map(({ fullName }) => fullName),
});
