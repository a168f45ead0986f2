import { PartialType } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { MOST_REMINDERS, TASK_PRIORITIES, TASK_STATUSES, type TaskPriority, type TaskStatus } from '#tasks';
import { EventTimeText } from '../calendar/event-time.dto.js';
import {
  Line,
  Lines,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Reference,
  References,
  Text,
  TimeZone,
} from '../http/fields.js';
import { RecordReferenceDto } from '../records/record.dto.js';
import { CommitmentDto } from './commitment.dto.js';

/** A task that comes out of something else, such as a meeting */
export class FollowUpDto {
  /**
   * What is to be done
   * @example 'Send the feasibility study outline'
   */
  @Line(300)
  title: string;

  /**
   * Instant, or local time in timeZone
   * @example '2026-03-17T10:00'
   */
  @Nullable()
  @EventTimeText()
  dueAt?: string | null;

  /** IANA zone in which the due time is meant; needed for a local time */
  @Nullable()
  @TimeZone()
  timeZone?: string | null;

  /** User who is to do it, and is reminded */
  @Nullable()
  @Reference()
  assigneeId?: string | null;

  /** normal unless given */
  @Optional()
  @OneOf(TASK_PRIORITIES)
  priority?: TaskPriority;

  /**
   * When its assignee is reminded: ISO 8601 durations before dueAt, P0D to P90D, at most five, or none. Without them the
   * reminder rules for tasks say when
   * @example ['P1D', 'PT1H']
   */
  @Nullable()
  @Lines(20, MOST_REMINDERS)
  remindBefore?: string[] | null;

  @Nullable()
  @Text(10_000)
  notes?: string | null;
}

export class CreateTaskDto extends FollowUpDto {
  /** What it is about; a task about a restricted record is as restricted */
  @Nullable()
  @Nested(() => RecordReferenceDto)
  about?: RecordReferenceDto | null;

  /** Commitment it serves */
  @Nullable()
  @Reference()
  commitmentId?: string | null;
}

export class UpdateTaskDto extends PartialType(CreateTaskDto, { skipNullProperties: false }) {
  /** done, cancelled, or open again */
  @Optional()
  @OneOf(TASK_STATUSES)
  status?: TaskStatus;
}

export class CompletionDto {
  /**
   * What came of it
   * @example 'Sent, and they confirmed'
   */
  @Nullable()
  @Text(2000)
  note?: string | null;
}

export class ReassignmentDto {
  /** User whose open tasks go over; one who was shut out has some too */
  @Reference()
  fromUserId: string;

  /** User who is to do them from now on, and is told so in one mail */
  @Reference()
  toUserId: string;

  /** Which of their open tasks; all unless given */
  @Optional()
  @References()
  taskIds?: string[];

  /** Whether the open commitments that they watch go along; false unless given */
  @Optional()
  @IsBoolean()
  withCommitments?: boolean;
}

export class ReassignedDto {
  /** How many tasks went over */
  tasks: number;
  /** How many commitments */
  commitments: number;
}

export class TaskDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  title: string;
  /** RFC 3339, UTC */
  dueAt: string | null;
  /** What clocks in timeZone show */
  dueAtLocal: string | null;
  timeZone: string | null;
  assigneeId: string | null;
  /** {id, name, active}; active is false for one who was shut out */
  assignee: object | null;
  priority: string;
  status: string;
  completedAt: string | null;
  /** What came of it */
  completionNote: string | null;
  /** Open, and its due time has passed */
  overdue: boolean;
  /** {type, id, title}, or {type, restricted: true} for what the caller may not see */
  about: object | null;
  commitmentId: string | null;
  /** null where the reminder rules for tasks say when */
  remindBefore: string[] | null;
  notes: string | null;
}

/** Of the tasks of one kind the 50 most urgent */
export class SomeTasksDto {
  /** How many there are in all */
  count: number;
  data: TaskDto[];
}

/** Of the commitments the 50 that are due first */
export class SomeCommitmentsDto {
  /** How many there are in all */
  count: number;
  data: CommitmentDto[];
}

/** What a day asks of the caller, on the clocks of their zone */
export class MyDayDto {
  /** YYYY-MM-DD */
  day: string;
  timeZone: string;
  /** Due before now */
  overdue: SomeTasksDto;
  /** Due later today */
  dueToday: SomeTasksDto;
  /** Due in the seven days after */
  nextDays: SomeTasksDto;
  /** Of high priority, without a due time */
  undated: SomeTasksDto;
  /** Open promises that the caller watches whose windows have closed, or close within 14 days */
  commitments: SomeCommitmentsDto;
}
