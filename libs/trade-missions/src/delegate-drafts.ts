import { Injectable } from '@nestjs/common';
import type { Override } from '#calendar';
import { currentActor, Database, listRequest, MAX_LIMIT } from '#database';
import { FaultList } from '#faults';
import { PositionsReader } from '#members';
import { type RecordReference, RecordsReader } from '#records';
import { stayOf, type StayText } from './delegate-stay.js';
import type { DelegateRole, DelegateStatus, VisaStatus } from './delegate-status.js';
import type { Delegate } from './delegate.entity.js';
import { DelegateExists, HeadExists } from './delegate.errors.js';
import type { MissionDays } from './mission-days.js';

export interface DelegateInput extends StayText {
  personId: string;
  /** Absent: where the person works now, if that is one organization. */
  organizationId?: string | null;
  /** `delegate` unless said otherwise. */
  role?: DelegateRole;
  /** `nominated` unless said otherwise. */
  status?: DelegateStatus;
  /** `not_started` unless said otherwise. */
  visaStatus?: VisaStatus;
  dietary?: string | null;
  notes?: string | null;
  /** Travels although booked elsewhere, and why. */
  override?: Override;
}

export type DelegatePatch = Partial<Omit<DelegateInput, 'personId'>>;

type Fields = Partial<Delegate>;

/** Checks what is asked of delegates, all faults at once, before anything is written. Needs the lock of the mission. */
@Injectable()
export class DelegateDrafts {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
    private readonly positions: PositionsReader,
  ) {}

  /** Throws Invalid. */
  async ofNew({ override: _, ...input }: DelegateInput, mission: MissionDays): Promise<Fields> {
    const { personId, organizationId } = input;
    const people: Named[] = [{ type: 'person', id: personId, pointer: '/personId' }];
    const fields = await this.fields(input, mission, people);
    const workplace = organizationId === undefined ? await this.workplace(personId) : organizationId;
    return { ...fields, organizationId: workplace };
  }

  /** Throws Invalid. */
  ofPatch({ override: _, ...patch }: DelegatePatch, mission: MissionDays, stored: Delegate): Promise<Fields> {
    return this.fields(patch, mission, [], stored);
  }

  /** Throws DelegateExists. */
  async demandNew(missionId: string, personId: string): Promise<void> {
    const same = await this.database.queryOne<{ id: string }>(SAME, [missionId, personId]);
    if (same) throw new DelegateExists(same.id);
  }

  /** Throws HeadExists where somebody else leads the delegation. */
  async demandOnlyHead(missionId: string, ownId?: string): Promise<void> {
    const head = await this.headBeside(missionId, ownId);
    if (head) throw new HeadExists(head.id, head.name);
  }

  /** Who else leads the delegation. */
  headBeside(missionId: string, ownId?: string): Promise<{ id: string; name: string } | undefined> {
    return this.database.queryOne(HEAD, [missionId, ownId ?? null]);
  }

  /** The one organization where somebody works now; null where it is none, or not clear. */
  async workplace(personId: string): Promise<string | null> {
    const filters = [{ field: 'current', operator: 'eq' as const, values: ['true'] }];
    const { data } = await this.positions.listOf(personId, listRequest({ filters, limit: MAX_LIMIT }));
    const live = [...(await this.records.liveAmong(data.flatMap(({ organizationId }) => organizationId ?? [])))];
    return live.length === 1 ? (live[0] ?? null) : null;
  }

  private async fields(
    { arrivesAt, departsAt, timeZone, ...plain }: Partial<Omit<DelegateInput, 'override'>>,
    mission: MissionDays,
    people: Named[],
    stored?: Delegate,
  ): Promise<Fields> {
    const faults = new FaultList();
    const named = [...people, ...organizationOf(plain.organizationId)];
    await faults.gather(() => this.records.demand(named, currentActor(), (index) => named[index]?.pointer ?? ''));
    const stay = await faults.gather(() => stayOf({ arrivesAt, departsAt, timeZone }, mission, stored));
    faults.throwAny();
    return { ...plain, ...stay };
  }
}

type Named = RecordReference & { pointer: string };

const organizationOf = (id: string | null | undefined): Named[] =>
  id ? [{ type: 'organization', id, pointer: '/organizationId' }] : [];

const SAME = 'SELECT id FROM delegates WHERE mission_id = $1 AND person_id = $2 AND archived_at IS NULL';

const HEAD = `
  SELECT d.id, p.full_name AS name FROM delegates d JOIN people p ON p.id = d.person_id
  WHERE d.mission_id = $1 AND d.role = 'head' AND d.archived_at IS NULL AND d.status NOT IN ('declined', 'withdrawn')
    AND ($2::uuid IS NULL OR d.id <> $2)`;
