import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';
import type { MilestoneAudience, MilestoneKind } from './milestone-kind.js';

/** Something a delegate, or staff for them, has to have done by a moment: a visa interview, a flight to book. */
@Entity('milestones')
export class Milestone extends RecordEntity {
  static readonly noun = 'milestone';

  @Column('uuid', { name: 'delegate_id' })
  delegateId: string;

  @Column('text')
  kind: MilestoneKind;

  @Column('text')
  title: string;

  @Column('timestamptz', { name: 'due_at' })
  dueAt: Date;

  @Column('timestamptz', { name: 'done_at', nullable: true })
  doneAt: Date | null = null;

  /** ISO 8601 durations before `dueAt`. */
  @Column('text', { name: 'remind_before', array: true, default: '{}' })
  remindBefore: string[] = [];

  @Column('text', { default: 'delegate' })
  remind: MilestoneAudience = 'delegate';
}
