import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

/** Text of one kind of mail in one language. */
@Entity('templates')
export class Template extends VersionedEntity {
  static readonly noun = 'template';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('text')
  key: string;

  /** BCP 47 */
  @Column('text')
  locale: string;

  @Column('text')
  subject: string;

  /** MJML with Mustache fields, as written. */
  @Column('text')
  body: string;

  /** Compiled from `body` when it was saved. */
  @Column('text')
  html: string;

  @Column('text')
  text: string;

  /** Of the source the compiled parts were made from. */
  @Column('text', { name: 'source_hash' })
  sourceHash: string;

  /** Staff wrote it; an upgrade leaves it alone. */
  @Column('boolean')
  customised: boolean;
}
