import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';

/** Somebody the chamber knows. The full name is kept as printed and never split by force. */
@Entity('people')
export class Person extends RecordEntity {
  static readonly noun = 'person';

  @Column('text', { name: 'full_name' })
  fullName: string;

  @Column('text', { nullable: true })
  honorific: string | null = null;

  /** The name in its own script. */
  @Column('text', { name: 'native_name', nullable: true })
  nativeName: string | null = null;

  @Column('text', { name: 'given_name', nullable: true })
  givenName: string | null = null;

  @Column('text', { name: 'family_name', nullable: true })
  familyName: string | null = null;

  @Column('text', { array: true, default: '{}' })
  aliases: string[] = [];

  /** Main address, lower-case. */
  @Column('text', { nullable: true })
  email: string | null = null;

  @Column('text', { name: 'other_emails', array: true, default: '{}' })
  otherEmails: string[] = [];

  @Column('text', { nullable: true })
  phone: string | null = null;

  /** ISO 3166-1 alpha-2 */
  @Column('char', { length: 2, nullable: true })
  country: string | null = null;

  /** BCP 47 language of mails to this person. */
  @Column('text', { nullable: true })
  locale: string | null = null;

  /** IANA zone of mails to this person. */
  @Column('text', { name: 'time_zone', nullable: true })
  timeZone: string | null = null;

  @Column('text', { nullable: true })
  notes: string | null = null;

  @Column('text', { name: 'alias_key', default: '' })
  aliasKey: string;

  /** Folded words of the name, sorted, without middle initials. */
  @Column('text', { name: 'match_key' })
  matchKey: string;
}
