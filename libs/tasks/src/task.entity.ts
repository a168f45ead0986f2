import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';
import type { TaskStatus } from './task-status.js';

/** From the least to the most urgent. */
export const TASK_PRIORITIES = ['low', 'normal', 'high'] as const;
export type TaskPriority = (typeof TASK_PRIORITIES)[number];

/** Staff's own follow-up. */
@Entity('tasks')
export class Task extends RecordEntity {
  static readonly noun = 'task';

  @Column('text')
  title: string;

  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt: Date | null = null;

  /** IANA zone in which the due time was meant; there exactly when `dueAt` is. */
  @Column('text', { name: 'time_zone', nullable: true })
  timeZone: string | null = null;

  /** User who is to do it. */
  @Column('uuid', { name: 'assignee_id', nullable: true })
  assigneeId: string | null = null;

  @Column('text')
  priority: TaskPriority;

  @Column('text')
  status: TaskStatus;

  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt: Date | null = null;

  @Column('uuid', { name: 'about_id', nullable: true })
  aboutId: string | null = null;

  @Column('uuid', { name: 'commitment_id', nullable: true })
  commitmentId: string | null = null;

  /** ISO 8601 durations before `dueAt` at which the assignee is reminded, none where empty; null: as the reminder rules say. */
  @Column('text', { name: 'remind_before', array: true, nullable: true })
  remindBefore: string[] | null = null;

  @Column('text', { nullable: true })
  notes: string | null = null;

  /** What came of it, once it is done. */
  @Column('text', { name: 'completion_note', nullable: true })
  completionNote: string | null = null;

  /** User or API key that wrote it down; null for the system. */
  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy: string | null = null;

  /** Due time for which it was escalated. Kept by its planner in SQL, never read or written with the rest. */
  @Column({ name: 'escalated_for', type: 'timestamptz', nullable: true, select: false, insert: false, update: false })
  escalatedFor?: Date | null;
}
