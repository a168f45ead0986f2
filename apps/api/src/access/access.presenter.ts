import type { ApiKeyRow, UserRow } from '#access';
import type { AuditEntryRow } from '#audit';
import { instant, stamps } from '../http/format.js';
import type { ApiKeyDto, AuditEntryDto, UserDto } from './access.dto.js';

export const presentUser = (row: UserRow): UserDto => ({
  ...stamps(row),
  email: row.email,
  name: row.name,
  role: row.role,
  timeZone: row.timeZone,
  locale: row.locale,
  digest: row.digest,
});

export const presentApiKey = (row: ApiKeyRow): ApiKeyDto => ({
  ...stamps(row),
  name: row.name,
  role: row.role,
  prefix: row.prefix,
  expiresAt: instant(row.expiresAt),
  createdBy: row.createdBy,
});

export const presentAuditEntry = (row: AuditEntryRow): AuditEntryDto => ({
  id: row.id,
  at: instant(row.at),
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  requestId: row.requestId,
  action: row.action,
  about: { type: row.subjectType, id: row.aboutId, title: row.aboutTitle },
  before: row.before,
  after: row.after,
});
