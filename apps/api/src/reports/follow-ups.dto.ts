/** Open tasks, each in one of the five by its due time; days are those of the group's zone */
export class TaskCountsDto {
  open: number;
  /** Due before now */
  overdue: number;
  /** Due later today */
  dueToday: number;
  /** Due in the seven days after */
  nextDays: number;
  later: number;
  /** Without a due time */
  undated: number;
}

export class PromiseCountsDto {
  open: number;
  /** The last day of the window is over everywhere */
  overdue: number;
}

export class WatchedCountsDto extends PromiseCountsDto {
  /** Owed by an organization of the kind chamber, or by somebody who works for one */
  ours: number;
  /** Owed by anybody else */
  theirs: number;
}

export class FollowUpItemDto {
  /** task or commitment */
  type: string;
  id: string;
  /** Of a commitment what was promised */
  title: string;
  /** Of a task, RFC 3339 */
  dueAt: string | null;
  /** Of a commitment the last day of its window, YYYY-MM-DD */
  dueTo: string | null;
  overdue: boolean;
  /** {type, id, title}, or {type, restricted: true} for what the caller may not see */
  about: object | null;
  /** Of a commitment, by name */
  owedBy: string | null;
  /** Of a commitment, by name */
  owedTo: string | null;
  /** by=counterpart: owed_by or owed_to, as seen from them */
  side?: string;
  /** by=counterpart: name of the user who watches it */
  owner?: string | null;
}

export class FollowUpGroupDto {
  /** by=owner: {id, name, active}; null for what is nobody's */
  owner?: object | null;
  /** by=owner: whose clocks say when today ends; of what is nobody's those of the house */
  timeZone?: string;
  /** by=owner: today there, YYYY-MM-DD */
  day?: string;
  /** by=owner */
  tasks?: TaskCountsDto;
  /** by=owner: commitments that they watch */
  commitments?: WatchedCountsDto;
  /** by=counterpart: {type, id, title}; an organization, or a person who speaks for none */
  party?: object;
  /** by=counterpart */
  owedByThem?: PromiseCountsDto;
  /** by=counterpart */
  owedToThem?: PromiseCountsDto;
  /** The day on which the first of it is or was due, YYYY-MM-DD */
  earliestDue: string | null;
  /** The first by due time */
  items: FollowUpItemDto[];
}

/** Of all groups; what stands in two of them counts once */
export class FollowUpTotalsDto {
  /** by=owner */
  tasks?: TaskCountsDto;
  /** by=counterpart: open and overdue only */
  commitments: WatchedCountsDto | PromiseCountsDto;
}

export class FollowUpsDto {
  /** RFC 3339; what is overdue was so at that moment */
  generatedAt: string;
  /** owner or counterpart */
  by: string;
  /** How many groups there are */
  groupCount: number;
  totals: FollowUpTotalsDto;
  /** The first 200, those with the most overdue first */
  groups: FollowUpGroupDto[];
}
