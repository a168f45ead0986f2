import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { ConferencesReader } from './conferences.reader.js';
import {
  REGISTRATION_KINDS,
  REGISTRATION_STATUSES,
  type RegistrationKind,
  type RegistrationStatus,
} from './registration-status.js';

export interface RegistrationRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  conferenceId: string;
  personId: string;
  personName: string;
  organizationId: string | null;
  organizationName: string | null;
  kind: RegistrationKind;
  status: RegistrationStatus;
  code: string;
  /** From 1; null for those who do not wait. */
  waitlistPosition: number | null;
  queuedAt: Date;
  promotedAt: Date | null;
  checkedInAt: Date | null;
  cancelledAt: Date | null;
}

export const registrationsList: ListSpec<RegistrationRow> = {
  from: `registrations x JOIN people p ON p.id = x.person_id LEFT JOIN organizations o ON o.id = x.organization_id`,
  id: 'x.id',
  select: {
    id: 'x.id',
    version: 'x.version',
    createdAt: 'x.created_at',
    updatedAt: 'x.updated_at',
    conferenceId: 'x.conference_id',
    personId: 'x.person_id',
    personName: 'p.full_name',
    organizationId: 'x.organization_id',
    organizationName: 'o.name',
    kind: 'x.kind',
    status: 'x.status',
    code: 'x.code',
    waitlistPosition: `CASE WHEN x.status = 'waitlisted' THEN (SELECT count(*)::int FROM registrations w
      WHERE w.conference_id = x.conference_id AND w.status = 'waitlisted' AND (w.queued_at, w.id) <= (x.queued_at, x.id)) END`,
    queuedAt: 'x.queued_at',
    promotedAt: 'x.promoted_at',
    checkedInAt: 'x.checked_in_at',
    cancelledAt: 'x.cancelled_at',
  },
  fields: {
    conferenceId: { column: 'x.conference_id', kind: 'uuid' },
    personId: { column: 'x.person_id', kind: 'uuid' },
    organizationId: { column: 'x.organization_id', kind: 'uuid' },
    personName: { column: 'p.full_name', kind: 'text', sortable: true },
    email: { column: 'p.email', kind: 'text', resolve: (email) => email.toLowerCase() },
    kind: { column: 'x.kind', kind: 'enum', values: REGISTRATION_KINDS, sortable: true },
    status: { column: 'x.status', kind: 'enum', values: REGISTRATION_STATUSES, sortable: true },
    code: { column: 'x.code', kind: 'text' },
    checkedInAt: { column: 'x.checked_in_at', kind: 'instant', sortable: true },
    queuedAt: { column: 'x.queued_at', kind: 'instant', sortable: true },
    createdAt: { column: 'x.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'queuedAt',
};

/** One line of the attendance list. */
export interface Attendance {
  personName: string;
  organizationName: string | null;
  title: string | null;
  kind: RegistrationKind;
  status: RegistrationStatus;
  checkedInAt: Date | null;
}

@Injectable()
export class RegistrationsReader {
  constructor(
    private readonly database: Database,
    private readonly conferences: ConferencesReader,
  ) {}

  /** Who comes, in the order they registered. Throws NotFound when there is no such conference. */
  async listOf(conferenceId: string, request: ListRequest): Promise<Page<RegistrationRow>> {
    await this.conferences.get(conferenceId);
    return listPage(this.database, registrationsList, request, childrenOf('x.conference_id', conferenceId));
  }

  /** Throws NotFound. */
  get(id: string): Promise<RegistrationRow> {
    return demandOne(this.database, registrationsList, 'registration', id);
  }

  /** Ids of those in the directory who have a place at a conference, or at the conference of a session. */
  async placedAt(aboutId: string): Promise<string[]> {
    return (await this.database.query<{ id: string }>(PLACED, [aboutId])).map(({ id }) => id);
  }

  /** Everybody with a place, by name, and when they came. Throws NotFound when there is no such conference. */
  async attendance(conferenceId: string): Promise<Attendance[]> {
    await this.conferences.get(conferenceId);
    return this.database.query<Attendance>(ATTENDANCE, [conferenceId]);
  }
}

const PLACED = `
  SELECT DISTINCT p.id FROM registrations x JOIN people p ON p.id = x.person_id
  WHERE x.conference_id = coalesce((SELECT conference_id FROM conference_sessions WHERE id = $1), $1)
    AND x.status IN ('confirmed', 'attended') AND p.archived_at IS NULL`;

/** The title is the one at the organization they come for, else the first current one. */
const ATTENDANCE = `
  SELECT p.full_name AS "personName", o.name AS "organizationName", t.title, x.kind, x.status, x.checked_in_at AS "checkedInAt"
  FROM registrations x JOIN people p ON p.id = x.person_id LEFT JOIN organizations o ON o.id = x.organization_id
  LEFT JOIN LATERAL (
    SELECT title FROM positions s WHERE s.person_id = x.person_id AND s.archived_at IS NULL AND s.ended_on IS NULL
      AND (x.organization_id IS NULL OR s.organization_id = x.organization_id)
    ORDER BY s.preferred DESC, s.id LIMIT 1) t ON true
  WHERE x.conference_id = $1 AND x.status IN ('confirmed', 'attended')
  ORDER BY p.full_name, x.id`;
