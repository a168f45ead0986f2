import { Injectable } from '@nestjs/common';
import { currentActor, Database, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { NotFound } from '#faults';
import { MailLinkGone, MailLinks } from '#messaging';
import { aboutSql, visibleSql } from '#records';
import { ANSWER_STATE_COLUMNS, type AnswerState } from './answer-state.js';
import { INVITATION_STATUSES, type InvitationStatus } from './invitation.entity.js';

export interface InvitationRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  about: { type: string; id: string; title: string };
  personId: string;
  personName: string;
  batchId: string;
  status: InvitationStatus;
  respondBy: Date | null;
  /** When its mail went out. */
  sentAt: Date | null;
  respondedAt: Date | null;
  note: string | null;
  cancelledAt: Date | null;
}

const SENT_AT = `(SELECT max(m.sent_at) FROM messages m WHERE m.invitation_id = i.id AND m.kind = 'invitation')`;

export const invitationsList: ListSpec<InvitationRow> = {
  from: 'invitations i JOIN records a ON a.id = i.about_id JOIN records p ON p.id = i.person_id',
  id: 'i.id',
  select: {
    id: 'i.id',
    version: 'i.version',
    createdAt: 'i.created_at',
    updatedAt: 'i.updated_at',
    about: aboutSql('i.about_id'),
    personId: 'i.person_id',
    personName: 'p.title',
    batchId: 'i.batch_id',
    status: 'i.status',
    respondBy: 'i.respond_by',
    sentAt: SENT_AT,
    respondedAt: 'i.responded_at',
    note: 'i.note',
    cancelledAt: 'i.cancelled_at',
  },
  fields: {
    aboutId: { column: 'i.about_id', kind: 'uuid' },
    personId: { column: 'i.person_id', kind: 'uuid' },
    personName: { column: 'p.title', kind: 'text', sortable: true },
    batchId: { column: 'i.batch_id', kind: 'uuid' },
    status: { column: 'i.status', kind: 'enum', values: INVITATION_STATUSES, sortable: true },
    respondBy: { column: 'i.respond_by', kind: 'instant', sortable: true },
    respondedAt: { column: 'i.responded_at', kind: 'instant', sortable: true },
    cancelledAt: { column: 'i.cancelled_at', kind: 'instant' },
    createdAt: { column: 'i.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-createdAt',
};

/** What the answer page shows; reading it changes nothing. */
export interface InvitationPage extends AnswerState {
  id: string;
  aboutId: string;
  status: InvitationStatus;
  note: string | null;
  respondBy: Date | null;
  cancelledAt: Date | null;
  personName: string;
  /** Zone of the invitee */
  timeZone: string;
  title: string;
  startsAt: Date | null;
  endsAt: Date | null;
  /** Zone of the event */
  eventTimeZone: string | null;
  place: string | null;
  /** Null: what is said of start and end is so to the minute. */
  datePrecision: string | null;
  /** SEQUENCE of its calendar entry */
  sequence: number;
}

@Injectable()
export class InvitationsReader {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
  ) {}

  list(request: ListRequest): Promise<Page<InvitationRow>> {
    return listPage(this.database, invitationsList, request, () => visibleSql('a', currentActor()));
  }

  /** Throws NotFound. */
  async get(id: string): Promise<InvitationRow> {
    const columns = Object.entries(invitationsList.select).map(([name, column]) => `${column} AS "${name}"`);
    const sql = `SELECT ${columns.join(', ')} FROM ${invitationsList.from} WHERE i.id = $1 AND ${visibleSql('a', currentActor())}`;
    const row = await this.database.queryOne<InvitationRow>(sql, [id]);
    if (!row) throw new NotFound('invitation', id);
    return row;
  }

  /** Throws BadMailLink, MailLinkGone, NotFound. */
  async answerPage(token: string): Promise<InvitationPage> {
    const { invitationId, version, expired } = this.links.answerLink(token);
    const page = await this.database.queryOne<InvitationPage>(PAGE, [invitationId]);
    if (!page) throw new NotFound('invitation', invitationId);
    if (expired || version !== page.linkVersion) throw new MailLinkGone(page.locale);
    return page;
  }
}

const PAGE = `
  SELECT i.id, i.about_id AS "aboutId", i.status, i.note, i.respond_by AS "respondBy", i.cancelled_at AS "cancelledAt",
    p.title AS "personName", coalesce(m.time_zone, a.time_zone, 'UTC') AS "timeZone", a.title,
    a.starts_at AS "startsAt", a.ends_at AS "endsAt", a.time_zone AS "eventTimeZone", a.place,
    a.date_precision AS "datePrecision", a.sequence, ${ANSWER_STATE_COLUMNS}
  FROM invitations i
  JOIN records a ON a.id = i.about_id
  JOIN records p ON p.id = i.person_id
  LEFT JOIN LATERAL (
    SELECT time_zone FROM messages WHERE invitation_id = i.id ORDER BY created_at LIMIT 1
  ) m ON true
  WHERE i.id = $1`;
