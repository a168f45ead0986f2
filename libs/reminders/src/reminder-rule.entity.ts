import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';
import type { ReminderSubjectKind } from './reminder-subject.js';

/** When people are reminded of a kind of thing. */
@Entity('reminder_rules')
export class ReminderRule extends VersionedEntity {
  static readonly noun = 'reminder_rule';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('text')
  subject: ReminderSubjectKind;

  /** ISO 8601 duration from the subject's instant; `-P1D` is a day before. */
  @Column('text', { name: 'offset_from' })
  offset: string;

  /** `HH:MM` in the subject's zone. */
  @Column('text', { name: 'at_local_time', nullable: true })
  atLocalTime: string | null = null;

  /** `all`, or the audience that recipients must belong to. */
  @Column('text')
  audience: string;

  @Column('text', { name: 'template_key' })
  templateKey: string;

  @Column('boolean')
  enabled: boolean;
}
