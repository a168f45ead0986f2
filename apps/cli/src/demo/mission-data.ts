import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MadeUpDelegate {
  key: string;
  fullName: string;
  organization: string | null;
  title: string;
  role: string;
  locale: string;
  /** Their one-on-ones need one. */
  interpreter?: boolean;
  dietary?: string;
}

export interface MadeUpOrganization {
  name: string;
  kind: string;
}

export interface MadeUpHost extends MadeUpOrganization {
  key: string;
  contact: string;
  fitNote: string;
}

export interface MadeUpItem {
  /** After the first day. */
  day: number;
  /** On the clocks of the city. */
  from: string;
  until: string;
  kind: string;
  title: string;
  city: string;
  address?: string;
  host?: string;
  /** All of them where it is left out. */
  delegates?: string[];
}

/** A reverse trade mission as it could be; nothing in it is real. */
export interface MadeUpMission {
  mission: { name: string; timeZone: string; days: number } & Record<string, unknown>;
  sponsor: MadeUpOrganization & { website: string };
  zones: Record<string, string>;
  organizations: MadeUpOrganization[];
  delegates: MadeUpDelegate[];
  hosts: MadeUpHost[];
  itinerary: MadeUpItem[];
  oneOnOnes: {
    day: number;
    city: string;
    place: string;
    tables: number;
    slots: [from: string, until: string][];
    limits: Record<string, number>;
    /** Delegate → host → how much, 1 to 5. */
    wishes: Record<string, Record<string, number>>;
  };
}

export const loadMission = (): MadeUpMission =>
  JSON.parse(readFileSync(join(__dirname, 'data', 'civil-nuclear-mission.json'), 'utf8')) as MadeUpMission;

/** An address that cannot exist (RFC 2606). */
export const addressOf = (key: string): string => `${key}@mission.example`;

/** So many days after a first day, YYYY-MM-DD. */
export function dayAfter(startsOn: string, days: number): string {
  const day = new Date(`${startsOn}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** The first Monday from a day on: nobody arrives on one weekend and works through the next. */
export const mondayFrom = (date: string): string => dayAfter(date, (8 - new Date(`${date}T00:00:00Z`).getUTCDay()) % 7);

/** What the API takes for the mission itself. */
export const missionBody = ({ mission: { days, ...fields } }: MadeUpMission, startsOn: string, sponsorId: string) => ({
  ...fields,
  sponsorId,
  startsOn,
  endsOn: dayAfter(startsOn, days - 1),
});

/** The same for an item of the itinerary; ids by key. */
export const itemBody = (data: MadeUpMission, item: MadeUpItem, startsOn: string, ids: Map<string, string>) => ({
  kind: item.kind,
  title: item.title,
  startsAt: `${dayAfter(startsOn, item.day)}T${item.from}`,
  endsAt: `${dayAfter(startsOn, item.day)}T${item.until}`,
  timeZone: data.zones[item.city],
  city: item.city,
  ...(item.address && { address: item.address }),
  ...(item.host && { hostId: ids.get(item.host) }),
  ...(item.delegates && { delegateIds: item.delegates.map((key) => ids.get(key)) }),
});

/** The same for the schedule of one-on-ones: what everybody wishes for, in the slots of one morning. */
export function planBody(data: MadeUpMission, startsOn: string, ids: Map<string, string>) {
  const { day, city, place, tables, slots, limits, wishes } = data.oneOnOnes;
  const date = dayAfter(startsOn, day);
  const needsInterpreter = new Set(data.delegates.filter(({ interpreter }) => interpreter).map(({ key }) => key));
  return {
    ...{ timeZone: data.zones[city], place, tables, limits },
    slots: slots.map(([from, until]) => ({ startsAt: `${date}T${from}`, endsAt: `${date}T${until}` })),
    requests: Object.entries(wishes).flatMap(([delegate, hosts]) =>
      Object.entries(hosts).map(([host, priority]) => ({
        ...{ delegateId: ids.get(delegate), hostId: ids.get(host), priority },
        ...(needsInterpreter.has(delegate) && { interpreter: true }),
      })),
    ),
  };
}
