import type { MigrationInterface } from 'typeorm';
import { Extensions1790000000010 } from './0010-extensions.js';
import { Audit1790000000020 } from './0020-audit.js';
import { Access1790000000030 } from './0030-access.js';
import { Idempotency1790000000035 } from './0035-idempotency.js';
import { Records1790000000040 } from './0040-records.js';
import { Calendar1790000000050 } from './0050-calendar.js';
import { Messaging1790000000060 } from './0060-messaging.js';
import { Tasks1790000000070 } from './0070-tasks.js';
import { Imports1790000000090 } from './0090-imports.js';
import { Members1790000000100 } from './0100-members.js';
import { Memberships1790000000110 } from './0110-memberships.js';
import { ImportMatching1790000000115 } from './0115-import-matching.js';
import { Conferences1790000000120 } from './0120-conferences.js';
import { SideMeetings1790000000130 } from './0130-side-meetings.js';

/** Every migration in the order it runs. */
export const migrations: (new () => MigrationInterface)[] = [
  Extensions1790000000010,
  Audit1790000000020,
  Access1790000000030,
  Idempotency1790000000035,
  Records1790000000040,
  Calendar1790000000050,
  Messaging1790000000060,
  Tasks1790000000070,
  Imports1790000000090,
  Members1790000000100,
  Memberships1790000000110,
  ImportMatching1790000000115,
  Conferences1790000000120,
  SideMeetings1790000000130,
];
