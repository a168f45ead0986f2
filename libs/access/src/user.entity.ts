import { Column, Entity } from 'typeorm';
import { type Role, VersionedEntity } from '#database';

/** Somebody of the chamber who signs in. */
@Entity('users')
export class User extends VersionedEntity {
  static readonly noun = 'user';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('text', { unique: true })
  email: string;

  @Column('text')
  name: string;

  @Column('text')
  role: Role;

  /** IANA zone in which reminders speak to this user. */
  @Column('text', { name: 'time_zone' })
  timeZone: string;

  /** BCP 47 language of mails to this user. */
  @Column('text')
  locale: string;

  /** Whether a digest of tasks is mailed to this user each morning that has something to say. */
  @Column('boolean', { default: true })
  digest: boolean;

  /** argon2id in PHC form; null: this user cannot sign in by password. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null = null;
}
