import { stringify } from 'csv-stringify/sync';
import { toLocal } from '#calendar';
import { guardCell } from '#imports';
import { type MeetingPlanRow, type PlannedRequestRow, USUAL_SOLVING, type WholeMeetingPlan } from '#meeting-plans';
import { presentEventTime } from '../calendar/event-time.presenter.js';
import { instant } from '../http/format.js';
import type {
  MeetingPlanDto,
  MeetingPlanSummaryDto,
  PlanAssignmentDto,
  PlanProgressDto,
  PlanSlotDto,
  UnmetRequestDto,
} from './meeting-plan-answer.dto.js';

export const presentMeetingPlanSummary = (row: MeetingPlanRow): MeetingPlanSummaryDto => ({
  id: row.id,
  version: row.version,
  createdAt: instant(row.createdAt),
  updatedAt: instant(row.updatedAt),
  missionId: row.missionId,
  replaces: row.replacesId,
  status: row.status,
  progress: presentProgress(row),
  failure: row.failure,
  score: row.score,
  upperBound: row.upperBound,
  gap: row.gap,
  proven: row.proven,
  kept: row.kept,
  slotCount: row.slots.length,
  requestCount: row.requestCount,
  tables: row.tables,
  createdBy: row.createdBy,
  startedAt: instant(row.startedAt),
  finishedAt: instant(row.finishedAt),
  acceptedAt: instant(row.acceptedAt),
  acceptedBy: row.acceptedBy,
  acceptance: row.acceptance,
});

export function presentMeetingPlan(plan: WholeMeetingPlan): MeetingPlanDto {
  const { requests, limits, timeZone, place, roomIds, unavailable } = plan;
  const slots = plan.slots.map((slot): PlanSlotDto => presentSlot(slot, timeZone));
  return {
    ...presentMeetingPlanSummary(plan),
    ...{ timeZone, place, slots, roomIds },
    limits: {
      perDelegate: limits.perDelegate ?? null,
      perHost: limits.perHost ?? null,
      inARow: limits.inARow ?? null,
      interpreters: limits.interpreters ?? null,
      seconds: limits.seconds ?? USUAL_SOLVING,
    },
    unavailable: unavailable.map(({ delegateId, hostId, startsAt, endsAt }) => ({
      ...(delegateId ? { delegateId } : { hostId }),
      startsAt: instant(startsAt),
      endsAt: instant(endsAt),
    })),
    assignments: requests.flatMap((request) => presentAssignment(request, slots, roomIds)),
    unmet: plan.score === null ? [] : requests.flatMap(presentUnmet),
  };
}

const presentSlot = (slot: { startsAt: Date; endsAt: Date }, timeZone: string): PlanSlotDto => {
  const { timeZone: _, ...time } = presentEventTime({ ...slot, timeZone });
  return time as PlanSlotDto;
};

/** Time is what a solver takes; it ends early when it has the proof. */
function presentProgress({ status, progress, startedAt, limits }: MeetingPlanRow): PlanProgressDto | null {
  if (status !== 'queued' && status !== 'solving') return null;
  const { phase = 'waiting', score = null, upperBound = null, gap = null } = progress ?? {};
  const seconds = startedAt ? (Date.now() - startedAt.getTime()) / 1000 : 0;
  const share = Math.round((100 * seconds) / (limits.seconds ?? USUAL_SOLVING));
  return { phase, score, upperBound, gap, percent: Math.min(99, Math.max(0, share)) };
}

function presentAssignment(request: PlannedRequestRow, slots: PlanSlotDto[], roomIds: string[]): PlanAssignmentDto[] {
  const { slot, table } = request;
  const time = slot === null ? undefined : slots[slot];
  if (!time || slot === null || table === null) return [];
  const moved = request.previousSlot !== null && (request.previousSlot !== slot || request.previousTable !== table);
  return [
    {
      delegateId: request.delegateId,
      delegate: request.delegate,
      delegateOrganization: request.delegateOrganization,
      hostId: request.hostId,
      host: request.host,
      contact: request.contact,
      priority: request.priority,
      interpreter: request.interpreter,
      ...time,
      table,
      roomId: roomIds[table - 1] ?? null,
      locked: request.locked,
      moved,
      meetingId: request.meetingId,
    },
  ];
}

function presentUnmet(request: PlannedRequestRow): UnmetRequestDto[] {
  if (request.slot !== null) return [];
  const { delegateId, delegate, hostId, host, priority, interpreter, previousSlot } = request;
  const reason = { code: request.unmetCode ?? 'outranked', message: request.unmetMessage ?? '' };
  return [{ delegateId, delegate, hostId, host, priority, interpreter, ...reason, dropped: previousSlot !== null }];
}

const HEADER = [
  'start',
  'end',
  'table',
  'delegate',
  'delegateOrganization',
  'host',
  'contact',
  'priority',
  'interpreter',
  'locked',
  'meetingId',
];

/** A line per meeting, by time and table, in local time of the plan; opens in a spreadsheet as UTF-8. */
export function meetingPlanCsv({ requests, slots, timeZone }: WholeMeetingPlan): string {
  const clock = (at: Date): string => toLocal(at, timeZone).slice(0, 16).replace('T', ' ');
  const lines = requests.flatMap((request) => {
    const slot = request.slot === null ? undefined : slots[request.slot];
    if (!slot) return [];
    const { delegate, delegateOrganization, host, contact } = request;
    const names = [delegate, delegateOrganization ?? '', host, contact ?? ''].map((name) => guardCell(name));
    const { priority, interpreter, locked, meetingId } = request;
    return [
      [
        clock(slot.startsAt),
        clock(slot.endsAt),
        request.table,
        ...names,
        priority,
        yes(interpreter),
        yes(locked),
        meetingId,
      ],
    ];
  });
  return stringify([HEADER, ...lines], { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

const yes = (value: boolean): string => (value ? 'yes' : '');
