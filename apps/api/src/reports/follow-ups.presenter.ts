import { stringify } from 'csv-stringify/sync';
import { guardCell } from '#imports';
import type {
  CounterpartGroup,
  FollowUpItem,
  FollowUpsByCounterpart,
  FollowUpsByOwner,
  OwnerGroup,
  PromiseCounts,
  TaskCounts,
  WatchedCounts,
} from '#reports';
import { instant } from '../http/format.js';
import type {
  FollowUpItemDto,
  FollowUpsDto,
  PromiseCountsDto,
  TaskCountsDto,
  WatchedCountsDto,
} from './follow-ups.dto.js';

export const presentByOwner = ({ now, count, totals, groups }: FollowUpsByOwner): FollowUpsDto => ({
  generatedAt: instant(now),
  by: 'owner',
  groupCount: count,
  totals: { tasks: presentTasks(totals.tasks), commitments: presentWatched(totals.commitments) },
  groups: groups.map((group) => ({
    owner: group.owner && { id: group.owner.id, name: group.owner.name, active: group.owner.active },
    timeZone: group.timeZone,
    day: group.day,
    tasks: presentTasks(group.tasks),
    commitments: presentWatched(group.commitments),
    earliestDue: group.earliestDue,
    items: group.items.map(presentItem),
  })),
});

export const presentByCounterpart = ({ now, count, totals, groups }: FollowUpsByCounterpart): FollowUpsDto => ({
  generatedAt: instant(now),
  by: 'counterpart',
  groupCount: count,
  totals: { commitments: presentPromises(totals.commitments) },
  groups: groups.map(({ party, owedByThem, owedToThem, earliestDue, items }) => ({
    party: { type: party.type, id: party.id, title: party.title },
    owedByThem: presentPromises(owedByThem),
    owedToThem: presentPromises(owedToThem),
    earliestDue,
    items: items.map((item) => ({ ...presentItem(item), side: item.side, owner: item.owner })),
  })),
});

const presentTasks = ({ open, overdue, dueToday, nextDays, later, undated }: TaskCounts): TaskCountsDto => ({
  open,
  overdue,
  dueToday,
  nextDays,
  later,
  undated,
});
const presentPromises = ({ open, overdue }: PromiseCounts): PromiseCountsDto => ({ open, overdue });
const presentWatched = ({ open, overdue, ours, theirs }: WatchedCounts): WatchedCountsDto => ({
  open,
  overdue,
  ours,
  theirs,
});

const presentItem = (item: FollowUpItem): FollowUpItemDto => ({
  type: item.type,
  id: item.id,
  title: item.title,
  dueAt: instant(item.dueAt && new Date(item.dueAt)),
  dueTo: item.dueTo,
  overdue: item.overdue,
  about: item.about,
  owedBy: item.owedBy,
  owedTo: item.owedTo,
});

type Column<Group> = [name: string, cell: (group: Group) => string | number | null | undefined];

const BY_OWNER: Column<OwnerGroup>[] = [
  ['ownerId', ({ owner }) => owner?.id],
  ['owner', ({ owner }) => owner && guardCell(owner.name)],
  ['timeZone', ({ timeZone }) => timeZone],
  ['day', ({ day }) => day],
  ['openTasks', ({ tasks }) => tasks.open],
  ['overdueTasks', ({ tasks }) => tasks.overdue],
  ['dueToday', ({ tasks }) => tasks.dueToday],
  ['nextDays', ({ tasks }) => tasks.nextDays],
  ['later', ({ tasks }) => tasks.later],
  ['undated', ({ tasks }) => tasks.undated],
  ['openCommitments', ({ commitments }) => commitments.open],
  ['overdueCommitments', ({ commitments }) => commitments.overdue],
  ['ours', ({ commitments }) => commitments.ours],
  ['theirs', ({ commitments }) => commitments.theirs],
  ['earliestDue', ({ earliestDue }) => earliestDue],
];

const BY_COUNTERPART: Column<CounterpartGroup>[] = [
  ['partyType', ({ party }) => party.type],
  ['partyId', ({ party }) => party.id],
  ['party', ({ party }) => guardCell(party.title)],
  ['owedByThem', ({ owedByThem }) => owedByThem.open],
  ['overdueByThem', ({ owedByThem }) => owedByThem.overdue],
  ['owedToThem', ({ owedToThem }) => owedToThem.open],
  ['overdueToThem', ({ owedToThem }) => owedToThem.overdue],
  ['earliestDue', ({ earliestDue }) => earliestDue],
];

/** A line per group without totals, so that a pivot table counts nothing twice. */
export const ownersCsv = ({ groups }: FollowUpsByOwner): string => table(BY_OWNER, groups);
export const counterpartsCsv = ({ groups }: FollowUpsByCounterpart): string => table(BY_COUNTERPART, groups);

const table = <Group>(columns: Column<Group>[], groups: Group[]): string =>
  stringify([columns.map(([name]) => name), ...groups.map((group) => columns.map(([, cell]) => cell(group)))], {
    bom: true,
    record_delimiter: 'windows',
  });
