import { Column, Entity } from 'typeorm';
import { type Role, VersionedEntity } from '#database';

/** A program's way in; only a hash of the key is kept. */
@Entity('api_keys')
export class ApiKey extends VersionedEntity {
  static readonly noun = 'api_key';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('text')
  name: string;

  @Column('text')
  role: Role;

  /** First characters of the key, to tell keys apart in a list. */
  @Column('text')
  prefix: string;

  /** SHA-256: enough for 32 random bytes, which nobody can guess. */
  @Column('bytea', { name: 'key_hash', unique: true })
  keyHash: Buffer;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: Date | null = null;

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy: string | null = null;
}
