import { Injectable } from '@nestjs/common';
import { UsersReader, type UserRow } from '#access';
import { isTimeZone, toInstant } from '#calendar';
import { currentActor } from '#database';
import { FaultList, Invalid } from '#faults';
import { nameKey, type RecordReference, RecordsReader } from '#records';
import { remindBeforeFaults } from './remind-before.js';
import type { Task, TaskPriority } from './task.entity.js';
import { unknownUser } from './unknown-user.js';

export interface TaskInput {
  title: string;
  /** Instant, or local time in `timeZone`. */
  dueAt?: string | null;
  /** IANA zone; where it is missing, the assignee's is kept with an instant. */
  timeZone?: string | null;
  assigneeId?: string | null;
  priority?: TaskPriority;
  about?: RecordReference | null;
  commitmentId?: string | null;
  /** ISO 8601 durations before `dueAt`, none where empty; as the reminder rules say when absent or null. */
  remindBefore?: string[] | null;
  notes?: string | null;
}

/** A task that was checked and only needs to be stored. */
export type TaskDraft = Omit<
  Task,
  'id' | 'version' | 'createdAt' | 'updatedAt' | 'archivedAt' | 'assignId' | 'escalatedFor'
>;

/** Fields of a task as far as a request names them. */
type TaskFields = Partial<TaskDraft>;

/** Where in the request the task with this index stands: `/followUps/2`, or '' for the whole body. */
export type PointerOf = (index: number) => string;

/** Checks what is asked of tasks, all faults at once, before anything is written. */
@Injectable()
export class TaskDrafts {
  constructor(
    private readonly users: UsersReader,
    private readonly records: RecordsReader,
  ) {}

  /** A draft for every input; where `faults` gets new ones, the drafts must not be used. */
  async ofNew(inputs: TaskInput[], at: PointerOf, faults: FaultList): Promise<TaskDraft[]> {
    const fields = await this.fields(inputs, at, faults);
    return fields.map((known) => ({ ...BLANK, createdBy: currentActor().id, ...known }) as TaskDraft);
  }

  /** What a patch changes. `stored` lends its zone to a local time. Throws Invalid. */
  async ofPatch(patch: Partial<TaskInput>, stored: Task): Promise<TaskFields> {
    const faults = new FaultList();
    const [fields] = await this.fields([patch], () => '', faults, stored);
    faults.throwAny();
    return fields ?? {};
  }

  private async fields(
    inputs: Partial<TaskInput>[],
    at: PointerOf,
    faults: FaultList,
    stored?: Task,
  ): Promise<TaskFields[]> {
    await faults.gather(() => this.demandRecords(inputs, at));
    const assignees = await this.assignees(inputs, at, faults);
    return Promise.all(
      inputs.map(async (input, index) => {
        faults.add(...remindBeforeFaults(input.remindBefore ?? [], `${at(index)}/remindBefore`));
        const zone = assignees.find((user) => user.id === input.assigneeId)?.timeZone;
        return { ...plainFields(input), ...(await faults.gather(() => dueFields(input, at(index), zone, stored))) };
      }),
    );
  }

  private async demandRecords(inputs: Partial<TaskInput>[], at: PointerOf): Promise<void> {
    const named = inputs.flatMap((input, index): (RecordReference & { pointer: string })[] => [
      ...(input.about ? [{ ...input.about, pointer: `${at(index)}/about` }] : []),
      ...(input.commitmentId
        ? [{ type: 'commitment' as const, id: input.commitmentId, pointer: `${at(index)}/commitmentId` }]
        : []),
    ]);
    if (named.length > 0) await this.records.demand(named, currentActor(), (index) => named[index]?.pointer ?? '');
  }

  private async assignees(inputs: Partial<TaskInput>[], at: PointerOf, faults: FaultList): Promise<UserRow[]> {
    const ids = inputs.flatMap((input) => input.assigneeId ?? []);
    if (ids.length === 0) return [];
    const users = await this.users.active(ids);
    faults.add(...inputs.flatMap((input, index) => unknownUser(input.assigneeId, users, `${at(index)}/assigneeId`)));
    return users;
  }
}

const BLANK: TaskFields = {
  status: 'open',
  completedAt: null,
  completionNote: null,
  dueAt: null,
  timeZone: null,
  assigneeId: null,
  priority: 'normal',
  aboutId: null,
  commitmentId: null,
  remindBefore: null,
  notes: null,
};

/** Only what the input names, so that a patch leaves the rest alone. */
function plainFields({
  title,
  priority,
  assigneeId,
  about,
  commitmentId,
  remindBefore,
  notes,
}: Partial<TaskInput>): TaskFields {
  return {
    ...(title !== undefined && { title, searchKey: nameKey(title) }),
    ...(priority !== undefined && { priority }),
    ...(assigneeId !== undefined && { assigneeId }),
    ...(about !== undefined && { aboutId: about?.id ?? null }),
    ...(commitmentId !== undefined && { commitmentId }),
    ...(remindBefore !== undefined && { remindBefore: remindBefore && [...new Set(remindBefore)] }),
    ...(notes !== undefined && { notes }),
  };
}

/** Due time and zone belong together: both or neither. Throws Invalid. */
function dueFields(input: Partial<TaskInput>, at: string, assigneeZone?: string, stored?: Task): TaskFields {
  const { dueAt, timeZone } = input;
  demandZone(timeZone, `${at}/timeZone`);
  if (dueAt === null) return { dueAt: null, timeZone: null };
  if (dueAt === undefined) return timeZone && stored?.dueAt ? { timeZone } : {};
  const zone = timeZone ?? stored?.timeZone ?? undefined;
  return { dueAt: toInstant(dueAt, zone, `${at}/dueAt`), timeZone: zone ?? assigneeZone ?? 'UTC' };
}

function demandZone(zone: string | null | undefined, pointer: string): void {
  if (!zone || isTimeZone(zone)) return;
  const message = `There is no time zone "${zone}"; use an IANA name such as Asia/Baku.`;
  throw Invalid.field(pointer, 'unknown_time_zone', message);
}
