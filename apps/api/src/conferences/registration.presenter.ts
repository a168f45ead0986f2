import type { RegistrationRow } from '#conferences';
import { instant, stamps } from '../http/format.js';
import type { RegistrationDto } from './registration.dto.js';

export const presentRegistration = (row: RegistrationRow): RegistrationDto => ({
  ...stamps({ ...row, archivedAt: null }),
  conferenceId: row.conferenceId,
  personId: row.personId,
  personName: row.personName,
  organizationId: row.organizationId,
  organizationName: row.organizationName,
  kind: row.kind,
  status: row.status,
  code: row.code,
  waitlistPosition: row.waitlistPosition,
  registeredAt: instant(row.queuedAt),
  promotedAt: instant(row.promotedAt),
  checkedInAt: instant(row.checkedInAt),
  cancelledAt: instant(row.cancelledAt),
});
