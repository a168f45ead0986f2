import type { MigrationInterface } from 'typeorm';
import { Extensions1790000000010 } from './0010-extensions.js';
import { Audit1790000000020 } from './0020-audit.js';
import { Access1790000000030 } from './0030-access.js';
import { Idempotency1790000000035 } from './0035-idempotency.js';
import { Records1790000000040 } from './0040-records.js';
import { Members1790000000100 } from './0100-members.js';
import { Memberships1790000000110 } from './0110-memberships.js';

/** Every migration in the order it runs. */
export const migrations: (new () => MigrationInterface)[] = [
  Extensions1790000000010,
  Audit1790000000020,
  Access1790000000030,
  Idempotency1790000000035,
  Records1790000000040,
  Members1790000000100,
  Memberships1790000000110,
];
