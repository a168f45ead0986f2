import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import type { Override } from '#calendar';
import { currentActor, Database, Transactional } from '#database';
import { FaultList } from '#faults';
import { SectorsService } from '#records';
import { LockedMeetings } from './locked-meetings.js';
import {
  companyFaults,
  draftFields,
  draftParticipants,
  exactTime,
  type MeetingDraft,
  type MeetingMove,
} from './meeting-draft.js';
import { MeetingEffects } from './meeting-effects.js';
import { MeetingLinks } from './meeting-links.js';
import type { MeetingTime } from './meeting-time.js';
import { ParticipantsStore } from './participants.store.js';
import { SideMeeting } from './side-meeting.entity.js';
import { ownersWith } from './side-meeting.policy.js';
import { statusAfter } from './side-meeting-status.js';

/**
 * Many meetings at once, with all that follows from them, in as few statements as for one: what a plan makes, moves and
 * calls off. Each is an ordinary meeting afterwards.
 */
@Injectable()
export class MeetingSeriesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly locked: LockedMeetings,
    private readonly links: MeetingLinks,
    private readonly participants: ParticipantsStore,
    private readonly effects: MeetingEffects,
    private readonly sectors: SectorsService,
  ) {}

  /**
   * Schedules new meetings; answers their ids, in the order of the drafts. Throws Invalid (pointers begin with the index
   * of a draft), DoubleBooked with every conflict of all of them; with `override` only where a room clashes.
   */
  @Transactional()
  async scheduleAll(drafts: MeetingDraft[], override?: Override): Promise<string[]> {
    if (drafts.length === 0) return [];
    const times = await this.check(drafts);
    const codes = await this.sectorCodes(drafts);
    const ownerIds = ownersWith(currentActor(), []);
    const meetings = await this.store.insertAll(
      SideMeeting,
      drafts.map((draft, index) => ({ ...draftFields(draft, codes), ...times[index], ownerIds })),
    );
    await this.link(meetings, drafts);
    await this.effects.begin(meetings, override);
    return meetings.map(({ id }) => id);
  }

  /**
   * Moves scheduled meetings. Throws NotFound, SideMeetingStepImpossible, Invalid, DoubleBooked with every conflict of all
   * of them; with `override` only where a room clashes.
   */
  @Transactional()
  async rescheduleAll(moves: MeetingMove[], override?: Override): Promise<void> {
    if (moves.length === 0) return;
    const meetings = await this.locked.all(moves.map(({ id }) => id));
    const now = await this.database.now();
    const faults = new FaultList();
    const patches: { entity: SideMeeting; patch: Partial<SideMeeting> }[] = [];
    for (const [index, move] of moves.entries()) {
      const entity = meetings.find(({ id }) => id === move.id) as SideMeeting;
      const status = statusAfter('reschedule', entity, now);
      const time = await exactTime(move, entity.timeZone, now, `/${index}`, faults);
      patches.push({ entity, patch: { ...time, status, location: move.location, roomId: move.roomId } });
    }
    faults.throwAny();
    await this.store.updateAll(SideMeeting, patches, 'rescheduled');
    await this.effects.follow(meetings, override);
  }

  /** Calls scheduled or requested meetings off. Throws NotFound, SideMeetingStepImpossible. */
  @Transactional()
  async cancelAll(ids: string[], reason: string | null): Promise<void> {
    if (ids.length === 0) return;
    const meetings = await this.locked.all(ids);
    const now = await this.database.now();
    const patches = meetings.map((entity) => {
      const status = statusAfter('cancellation', entity, now);
      return { entity, patch: { status, cancellationReason: reason } };
    });
    await this.store.updateAll(SideMeeting, patches, 'cancelled');
    await this.effects.follow(meetings);
  }

  /** When each of them is. Throws Invalid. */
  private async check(drafts: MeetingDraft[]): Promise<(MeetingTime | undefined)[]> {
    const faults = new FaultList();
    const now = await this.database.now();
    const times: (MeetingTime | undefined)[] = [];
    for (const [index, draft] of drafts.entries()) {
      times.push(await exactTime(draft, draft.timeZone, now, `/${index}`, faults));
      faults.add(...companyFaults(draft, `/${index}/participants`));
    }
    await this.links.checkAll(drafts, faults);
    faults.throwAny();
    return times;
  }

  private async link(meetings: SideMeeting[], drafts: MeetingDraft[]): Promise<void> {
    const each = meetings.flatMap(({ id }, index) => (drafts[index] ? [{ meetingId: id, draft: drafts[index] }] : []));
    await this.links.add(
      each.flatMap(({ meetingId, draft }) => draft.about.map(({ id: recordId }) => ({ meetingId, recordId }))),
    );
    await this.participants.add(
      each.flatMap(({ meetingId, draft }) => draftParticipants(draft).map((who) => ({ meetingId, ...who }))),
    );
  }

  private async sectorCodes(drafts: MeetingDraft[]): Promise<Map<string, string>> {
    const texts = drafts.flatMap(({ sectors = [] }) => sectors);
    if (texts.length === 0) return new Map();
    const codes = await this.sectors.lookUp(texts);
    await this.sectors.note([...codes.values()]);
    return codes;
  }
}
