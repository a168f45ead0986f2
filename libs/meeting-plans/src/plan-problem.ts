import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { TimetableProblem } from '#timetable';
import { DelegatesReader, HostsReader } from '#trade-missions';
import type { PlanRequest, PlanSlot, PlanState } from './meeting-plan.js';
import { MeetingPlansStore } from './meeting-plans.store.js';
import { PlanCalendar, slotsTouched } from './plan-calendar.js';
import { acceptedIn, PlanLine } from './plan-line.js';

/** A delegate or host in the terms of the solver, and when they have no time. */
interface Party {
  /** The person who sits at the table; a host without a contact is one by itself. */
  key: string;
  personId: string | null;
  /** Spans before they arrive and after they leave, and those the client named. */
  away: PlanSlot[];
}

const EVER = { from: new Date(-8.64e15), to: new Date(8.64e15) };

/** Puts a plan into the terms of the solver, with the calendar as it is now. */
@Injectable()
export class PlanProblems {
  constructor(
    private readonly database: Database,
    private readonly store: MeetingPlansStore,
    private readonly line: PlanLine,
    private readonly calendar: PlanCalendar,
    private readonly delegates: DelegatesReader,
    private readonly hosts: HostsReader,
  ) {}

  /** Requests bear the number of their position. */
  async of(plan: PlanState): Promise<TimetableProblem> {
    const requests = await this.store.requests(plan.id);
    const parties = await this.parties(plan, requests);
    const { tables, limits } = plan;
    const placed = requests.filter(hasPrevious).map(previousPlace);
    return {
      slots: plan.slots.map(({ startsAt, endsAt }) => ({ startsAt: startsAt.getTime(), endsAt: endsAt.getTime() })),
      tables,
      requests: requests.map(({ position, delegateId, hostId, priority, interpreter }) => ({
        id: String(position),
        guest: parties.get(delegateId)?.key ?? delegateId,
        host: parties.get(hostId)?.key ?? hostId,
        priority,
        interpreter,
      })),
      unavailable: await this.unavailable(plan, requests, parties),
      limits: {
        perGuest: limits.perDelegate,
        perHost: limits.perHost,
        inARow: limits.inARow,
        interpreters: limits.interpreters,
      },
      locked: placed.filter(({ locked }) => locked).map(({ locked: _, ...place }) => place),
      previous: placed.map(({ locked: _, ...place }) => place),
    };
  }

  private async parties(plan: PlanState, requests: PlanRequest[]): Promise<Map<string, Party>> {
    const awayOf = (named: (absence: PlanState['unavailable'][number]) => boolean): PlanSlot[] =>
      plan.unavailable.filter(named);
    const delegates = (await this.delegates.ofMission(plan.missionId)).map((row): [string, Party] => {
      const { id, personId, arrivesAt, departsAt } = row;
      const stay = [
        ...(arrivesAt ? [{ startsAt: EVER.from, endsAt: arrivesAt }] : []),
        ...(departsAt ? [{ startsAt: departsAt, endsAt: EVER.to }] : []),
      ];
      return [id, { key: personId, personId, away: [...stay, ...awayOf(({ delegateId }) => delegateId === id)] }];
    });
    const hosts = (await this.hosts.ofMission(plan.missionId)).map(({ id, contactId }): [string, Party] => {
      const away = awayOf(({ hostId }) => hostId === id);
      return [id, { key: contactId ?? id, personId: contactId, away }];
    });
    const named = new Set(requests.flatMap(({ delegateId, hostId }) => [delegateId, hostId]));
    return new Map([...delegates, ...hosts].filter(([id]) => named.has(id)));
  }

  private async unavailable(plan: PlanState, requests: PlanRequest[], parties: Map<string, Party>) {
    const { slots } = plan;
    const accepted = acceptedIn((await this.line.of(plan.id)).slice(1));
    const own = accepted ? await this.line.meetingsFor(accepted.id, plan.id) : [];
    const personIds = [...parties.values()].flatMap(({ personId }) => personId ?? []);
    const busy = await this.calendar.away(personIds, plan, new Set(own.map(({ meetingId }) => meetingId)));
    const begun = accepted ? await this.begun(slots) : [];
    const held = heldSlots(requests, parties);
    const found = [...parties.values()].flatMap(({ key, personId, away }) => {
      const taken = slotsTouched(slots, [...away, ...(busy.get(personId ?? '') ?? [])]);
      const past = begun.filter((slot) => !held.has(`${key} ${slot}`));
      return [...new Set([...taken, ...past])].map((slot) => ({ party: key, slot }));
    });
    return [...new Map(found.map((each) => [`${each.party} ${each.slot}`, each])).values()];
  }

  /** Slots that have begun: what was held in them stays, and nothing new comes into them. */
  private async begun(slots: PlanSlot[]): Promise<number[]> {
    const now = await this.database.now();
    return slots.flatMap(({ startsAt }, index) => (startsAt <= now ? [index] : []));
  }
}

type PlacedRequest = PlanRequest & { previous: NonNullable<PlanRequest['previous']> };

const hasPrevious = (request: PlanRequest): request is PlacedRequest => request.previous !== null;

const previousPlace = ({ position, locked, previous }: PlacedRequest) => ({
  request: String(position),
  slot: previous.slot,
  ...(previous.table !== null && { table: previous.table }),
  locked,
});

/** Who stays in which slot. */
const heldSlots = (requests: PlanRequest[], parties: Map<string, Party>): Set<string> =>
  new Set(
    requests.flatMap(({ delegateId, hostId, locked, previous }) =>
      locked && previous ? [delegateId, hostId].map((id) => `${parties.get(id)?.key ?? id} ${previous.slot}`) : [],
    ),
  );
