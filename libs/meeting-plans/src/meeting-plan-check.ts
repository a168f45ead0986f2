import { Injectable } from '@nestjs/common';
import { definedOnly } from '#audit';
import { FaultList } from '#faults';
import { MOST_CHOICES } from '#timetable';
import type { TradeMission } from '#trade-missions';
import type {
  MeetingPlanInput,
  PlanAbsence,
  PlanPair,
  PlanRequest,
  PlanSlot,
  UnavailableText,
} from './meeting-plan.js';
import type { NewPlan } from './meeting-plans.store.js';
import { PlanCalendar, slotsTouched } from './plan-calendar.js';
import { checkLocks, slotOf } from './plan-locks.js';
import { PlanPartiesReader } from './plan-parties.reader.js';
import { type CheckedRequest, checkParty, checkRequests, pairKey, type PlanParties } from './plan-requests.js';
import { missionDays, readSlots, readSpan } from './plan-slots.js';
import type { ReplacedPlan } from './replaced-plan.js';

type Mission = Pick<TradeMission, 'id' | 'startsOn' | 'endsOn' | 'timeZone'>;

/** Makes a plan of what a client asks for, or says everything that is wrong with it. */
@Injectable()
export class MeetingPlanCheck {
  constructor(
    private readonly parties: PlanPartiesReader,
    private readonly calendar: PlanCalendar,
  ) {}

  /** Throws Invalid with every fault. */
  async check(mission: Mission, input: MeetingPlanInput, replaced?: ReplacedPlan): Promise<NewPlan> {
    const faults = new FaultList();
    demandWhatIsNeeded(input, replaced, faults);
    const frame = frameOf(mission, input, replaced?.plan);
    const asked = readAsked(mission, input, replaced, frame.timeZone, await this.parties.of(mission.id), faults);
    demandSize(asked, faults);
    await this.checkRooms(frame, asked.slots, replaced, faults);
    const { locked = [] } = input;
    checkLocks(locked, replaced?.former ?? [], { ...frame, ...asked }, faults);
    faults.throwAny();
    const requests = placed(asked.requests, asked.slots, replaced, locked);
    return { missionId: mission.id, replacesId: replaced?.plan.id ?? null, ...frame, ...asked, requests };
  }

  /** As many rooms as tables at least, each there and free in every slot, but for meetings of the plan that is replaced. */
  private async checkRooms(
    { roomIds, tables }: PlanFrame,
    slots: PlanSlot[],
    replaced: ReplacedPlan | undefined,
    faults: FaultList,
  ): Promise<void> {
    if (roomIds.length === 0) return;
    if (tables > roomIds.length)
      faults.add({ pointer: '/tables', code: 'more_tables_than_rooms', message: `There are ${roomIds.length} rooms.` });
    const there = await this.calendar.rooms(roomIds);
    const busy = await this.calendar.taken([...there], slots, new Set(replaced?.meetingIds));
    roomIds.forEach((id, index) => {
      const pointer = `/roomIds/${index}`;
      const taken = slotsTouched(slots, busy.get(id) ?? []);
      if (!there.has(id)) faults.add({ pointer, code: 'unknown_room', message: `There is no room with id ${id}.` });
      else if (taken.length > 0 && index < tables)
        faults.add({
          pointer,
          code: 'room_taken',
          message: `This room is booked in ${taken.length} of the slots.`,
          slots: taken,
        });
    });
  }
}

/** What of a plan is neither about time nor about people. */
type PlanFrame = Pick<NewPlan, 'timeZone' | 'place' | 'tables' | 'roomIds' | 'limits'>;

/** What is not asked for is as in the plan that is replaced. */
function frameOf(mission: Mission, input: MeetingPlanInput, before?: PlanFrame): PlanFrame {
  const { timeZone, place, tables, roomIds, limits }: Partial<PlanFrame> = { ...before, ...definedOnly(input) };
  const rooms = roomIds ?? [];
  return {
    timeZone: timeZone ?? mission.timeZone,
    place: place ?? null,
    tables: input.tables ?? (input.roomIds?.length ? rooms.length : (tables ?? 0)),
    roomIds: rooms,
    limits: limits ?? {},
  };
}

/** When, who with whom, and who cannot. */
interface Asked {
  slots: PlanSlot[];
  requests: CheckedRequest[];
  unavailable: PlanAbsence[];
}

function readAsked(
  mission: Mission,
  { locked = [], ...input }: MeetingPlanInput,
  replaced: ReplacedPlan | undefined,
  timeZone: string,
  parties: PlanParties,
  faults: FaultList,
): Asked {
  const { slots: before = [], unavailable = [] } = replaced?.plan ?? {};
  const slots = readSlots(input, timeZone, missionDays(mission), faults) ?? before;
  return {
    slots,
    requests: input.requests
      ? checkRequests(input.requests, parties, faults)
      : takenOver(replaced, parties, slots, locked),
    unavailable: input.unavailable ? readAbsences(input.unavailable, parties, timeZone, faults) : unavailable,
  };
}

/** What a solver can take on at once. */
function demandSize({ slots, requests }: Asked, faults: FaultList): void {
  const [limit, count] = [MOST_CHOICES, slots.length * requests.length];
  const message = `Requests times slots are at most ${limit}; these are ${count}. Make two plans of it.`;
  if (count > limit) faults.add({ pointer: '/requests', code: 'too_many', message, limit });
}

function demandWhatIsNeeded(input: MeetingPlanInput, replaced: ReplacedPlan | undefined, faults: FaultList): void {
  const required = (pointer: string, message: string) => faults.add({ pointer, code: 'required', message });
  if (!replaced && input.locked?.length)
    required('/replaces', 'Only meetings of a plan that is replaced can be locked.');
  if (replaced) return;
  if (!input.slots && !input.series) required('/slots', 'When can meetings be held?');
  if (!input.requests) required('/requests', 'Who wants to meet whom?');
  if (input.tables === undefined && !input.roomIds?.length)
    required('/tables', 'How many meetings can be held at once?');
}

/**
 * The requests of a replaced plan, without those who are gone and what people have called off, or moved out of the slots;
 * what is locked must be fit to be met.
 */
function takenOver(replaced: ReplacedPlan | undefined, parties: PlanParties, slots: PlanSlot[], locked: PlanPair[]) {
  const isLocked = new Set(locked.map(pairKey));
  const strayed = (replaced?.former ?? []).filter((each) => each.strayed && slotOf(slots, each) === undefined);
  const settled = new Set([...(replaced?.calledOff ?? []), ...strayed.map(pairKey)]);
  return (replaced?.plan.requests ?? [])
    .filter(
      (request) =>
        parties.delegates.get(request.delegateId)?.takesPart &&
        parties.hosts.get(request.hostId)?.takesPart &&
        (isLocked.has(pairKey(request)) || !settled.has(pairKey(request))),
    )
    .map(({ delegateId, hostId, priority, interpreter }): CheckedRequest => ({
      delegateId,
      hostId,
      priority,
      interpreter,
    }));
}

/** Meetings that have begun stay where they are, as if they were locked. */
function placed(
  requests: CheckedRequest[],
  slots: PlanSlot[],
  replaced: ReplacedPlan | undefined,
  locked: PlanPair[],
): PlanRequest[] {
  const former = new Map(replaced?.former.map((each) => [pairKey(each), each]));
  const held = new Set(locked.map(pairKey));
  return requests.map((request, position) => {
    const place = former.get(pairKey(request));
    const slot = place && slotOf(slots, place);
    if (!place || slot === undefined) return { ...request, position, locked: false, previous: null };
    return {
      ...request,
      position,
      locked: place.past || held.has(pairKey(request)),
      previous: { slot, table: place.table },
    };
  });
}

function readAbsences(
  absences: UnavailableText[],
  parties: PlanParties,
  timeZone: string,
  faults: FaultList,
): PlanAbsence[] {
  return absences.flatMap(({ delegateId, hostId, ...text }, index) => {
    const pointer = `/unavailable/${index}`;
    if ((delegateId === undefined) === (hostId === undefined))
      faults.add({ pointer, code: 'one_of_two', message: 'Name a delegateId or a hostId.' });
    else if (delegateId !== undefined && !parties.delegates.has(delegateId))
      checkParty(undefined, `${pointer}/delegateId`, delegateId, 'delegate', faults);
    else if (hostId !== undefined && !parties.hosts.has(hostId))
      checkParty(undefined, `${pointer}/hostId`, hostId, 'host', faults);
    const span = readSpan(text, timeZone, pointer, faults);
    return span ? [{ delegateId, hostId, startsAt: span.startsAt, endsAt: span.endsAt }] : [];
  });
}
