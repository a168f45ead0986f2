import type { LedgerEntry } from '#messaging';
import type { DigestMorning } from './digest-morning.js';

export const DIGEST_GROUPS = ['overdue', 'dueToday', 'upcoming'] as const;
export type DigestGroup = (typeof DIGEST_GROUPS)[number];

/** A user who is sent a digest, with what it says. */
export interface DigestReader {
  userId: string;
  email: string;
  name: string;
  locale: string;
  timeZone: string;
  tasks: DigestTask[];
  /** Promises they watch whose windows close soon, the earliest first; null for none. */
  closing: DigestPromise[] | null;
}

export interface DigestPromise {
  action: string;
  owedBy: string;
  /** Last day of the window, YYYY-MM-DD. */
  dueTo: string;
  /** How many there are in all. */
  count: number;
}

export interface DigestTask {
  title: string;
  /** Title of what it is about, where a mail may tell it. */
  about: string | null;
  /** Instant, RFC 3339. */
  dueAt: string;
  group: DigestGroup;
  /** How many tasks its group has in all. */
  count: number;
}

/** Of a user and a day; however often it is planned, it is one. */
export const digestKey = (userId: string, day: string): string => `digest:${userId}:${day}`;

/** One mail with a line per task; undefined for a day that asks for nothing and has nothing left over. */
export function taskDigest(reader: DigestReader, { day, sendAt, notAfter }: DigestMorning): LedgerEntry | undefined {
  const { userId, email, name, locale, timeZone, tasks } = reader;
  if (!tasks.some(({ group }) => group !== 'upcoming')) return undefined;
  const groups = DIGEST_GROUPS.flatMap((group) => Object.entries(groupData(group, reader)));
  return {
    kind: 'digest',
    dedupeKey: digestKey(userId, day),
    recipient: { userId, email, name, locale, timeZone },
    templateKey: 'task_digest',
    data: { title: dayName(sendAt, locale, timeZone), timeZone, ...Object.fromEntries(groups), ...closingData(reader) },
    sendAt,
    notAfter,
  };
}

/** The lines of a group, and how many tasks there are. */
function groupData(group: DigestGroup, { tasks, locale, timeZone }: DigestReader): Record<string, string | string[]> {
  const listed = tasks.filter((task) => task.group === group);
  if (!listed[0]) return {};
  const format = new Intl.DateTimeFormat(locale, { ...TIMES[group], timeZone });
  return { [group]: listed.map((task) => line(task, format)), [`${group}Count`]: String(listed[0].count) };
}

function closingData({ closing, locale }: DigestReader): Record<string, string | string[]> {
  if (!closing?.[0]) return {};
  const format = new Intl.DateTimeFormat(locale, { ...DATE, timeZone: 'UTC' });
  const lines = closing.map(({ action, owedBy, dueTo }) => `${format.format(new Date(dueTo))} – ${owedBy}: ${action}`);
  return { closing: lines, closingCount: String(closing[0].count) };
}

const line = ({ title, about, dueAt }: DigestTask, format: Intl.DateTimeFormat): string =>
  `${format.format(new Date(dueAt))} – ${title}${about ? ` (${about})` : ''}`;

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const DAY_AND_TIME = { weekday: 'short', day: 'numeric', month: 'short', ...TIME } as const;
const TIMES = { overdue: { ...DAY_AND_TIME, year: 'numeric' }, dueToday: TIME, upcoming: DAY_AND_TIME } as const;

const dayName = (at: Date, locale: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(at);
