import type { DueGroup, ShownAbout } from '#tasks';

/** By the user who is to see to it, or by the organization or person outside that has promised or was promised something. */
export const FOLLOW_UP_GROUPS = ['owner', 'counterpart'] as const;
export type FollowUpGrouping = (typeof FOLLOW_UP_GROUPS)[number];

/** Items told of a group at most, and groups told at most; counts say how many there are. */
export const MOST_ITEMS = 50;
export const MOST_GROUPS = 200;

export interface FollowUpsRequest {
  /** Only what is about this event or a part of it. */
  eventId?: string;
  /** Only what this user is to see to; `me` for the caller, `none` for what is nobody's. */
  ownerId?: string;
  /** YYYY-MM-DD: only what is due before this day. */
  dueBefore?: string;
  /** Items of each group. */
  items: number;
}

/** How many tasks are open, by when they are due. */
export type TaskCounts = Record<DueGroup | 'open', number>;

/** How many promises are open. */
export interface PromiseCounts {
  open: number;
  overdue: number;
}

/** The same, by who has to keep them: chambers and whoever works for them, or others. */
export interface WatchedCounts extends PromiseCounts {
  ours: number;
  theirs: number;
}

/** One thing that is to be done. */
export interface FollowUpItem {
  type: 'task' | 'commitment';
  id: string;
  title: string;
  /** Of a task. */
  dueAt: Date | null;
  /** Last day of the window of a promise, YYYY-MM-DD. */
  dueTo: string | null;
  overdue: boolean;
  about: ShownAbout | null;
  /** Of a promise, by name. */
  owedBy: string | null;
  owedTo: string | null;
}

/** A user, and what is open with them. */
export interface OwnerGroup {
  /** null: nobody's. */
  owner: { id: string; name: string; active: boolean } | null;
  /** Whose clocks say when today ends. */
  timeZone: string;
  /** Today there, YYYY-MM-DD. */
  day: string;
  tasks: TaskCounts;
  commitments: WatchedCounts;
  /** The day on which the first of it is or was due, YYYY-MM-DD. */
  earliestDue: string | null;
  /** The first of it by due time. */
  items: FollowUpItem[];
}

/** An organization or person, and what is open with them. */
export interface CounterpartGroup {
  party: { type: 'organization' | 'person'; id: string; title: string };
  owedByThem: PromiseCounts;
  owedToThem: PromiseCounts;
  earliestDue: string | null;
  /** `side` as seen from them; `owner`: who watches it. */
  items: (FollowUpItem & { side: 'owed_by' | 'owed_to'; owner: string | null })[];
}

/** What is open, the groups with the most overdue first. */
export interface FollowUps<Group, Totals> {
  now: Date;
  /** How many groups there are; the first 200 are told. */
  count: number;
  groups: Group[];
  /** Of all groups; what stands in two groups counts once. */
  totals: Totals;
}

export type FollowUpsByOwner = FollowUps<OwnerGroup, { tasks: TaskCounts; commitments: WatchedCounts }>;
export type FollowUpsByCounterpart = FollowUps<CounterpartGroup, { commitments: PromiseCounts }>;
