import { BeforeInsert, CreateDateColumn, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import { v7 } from 'uuid';

/** Every row that clients change: a time-ordered id (RFC 9562 UUIDv7), a version for If-Match, and two instants. */
export abstract class VersionedEntity {
  @PrimaryColumn('uuid')
  id: string;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;

  @BeforeInsert()
  assignId(): void {
    this.id ??= v7();
  }
}
