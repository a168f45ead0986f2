import { Injectable } from '@nestjs/common';
import { currentActor, Database, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { NotFound } from '#faults';
import { aboutSql, visibleSql } from '#records';
import { MailComposer, type MailPreview, type MailSource } from './mail-composer.js';
import {
  explain,
  MESSAGE_KINDS,
  MESSAGE_STATUSES,
  type MessageKind,
  type MessageReason,
  type MessageStatus,
  summarize,
  type SummaryNames,
} from './message-status.js';
import { visibleMessages } from './visible-messages.js';

export interface MessageRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  kind: MessageKind;
  about: { type: string; id: string; title: string } | null;
  recipient: { personId: string | null; userId: string | null; email: string | null; name: string };
  subject: string;
  templateKey: string;
  locale: string;
  status: MessageStatus;
  reason: MessageReason | null;
  sendAt: Date;
  /** When it is tried next; other than `sendAt` after a refusal that may pass. */
  dueAt: Date;
  notAfter: Date | null;
  attempts: number;
  lastError: string | null;
  /** What its server said when it came back. */
  bounce: string | null;
  sentAt: Date | null;
  ruleId: string | null;
  batchId: string | null;
  invitationId: string | null;
}

export const messagesList: ListSpec<MessageRow> = {
  from: 'messages m LEFT JOIN records a ON a.id = m.about_id',
  id: 'm.id',
  select: {
    id: 'm.id',
    version: 'm.version',
    createdAt: 'm.created_at',
    updatedAt: 'm.updated_at',
    kind: 'm.kind',
    about: aboutSql('m.about_id'),
    recipient: `jsonb_build_object('personId', m.person_id, 'userId', m.user_id, 'email', m.email, 'name', m.recipient_name)`,
    subject: 'm.subject',
    templateKey: 'm.template_key',
    locale: 'm.locale',
    status: 'm.status',
    reason: 'm.reason',
    sendAt: 'm.send_at',
    dueAt: 'm.due_at',
    notAfter: 'm.not_after',
    attempts: 'm.attempts',
    lastError: 'm.last_error',
    bounce: 'm.bounce',
    sentAt: 'm.sent_at',
    ruleId: 'm.rule_id',
    batchId: 'm.batch_id',
    invitationId: 'm.invitation_id',
  },
  fields: {
    kind: { column: 'm.kind', kind: 'enum', values: MESSAGE_KINDS },
    status: { column: 'm.status', kind: 'enum', values: MESSAGE_STATUSES },
    reason: { column: 'm.reason', kind: 'text' },
    aboutId: { column: 'm.about_id', kind: 'uuid' },
    personId: { column: 'm.person_id', kind: 'uuid' },
    userId: { column: 'm.user_id', kind: 'uuid' },
    batchId: { column: 'm.batch_id', kind: 'uuid' },
    invitationId: { column: 'm.invitation_id', kind: 'uuid' },
    email: { column: 'm.email', kind: 'text', sortable: true },
    templateKey: { column: 'm.template_key', kind: 'text' },
    sendAt: { column: 'm.send_at', kind: 'instant', sortable: true },
    sentAt: { column: 'm.sent_at', kind: 'instant', sortable: true },
    createdAt: { column: 'm.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-sendAt',
};

/** How many messages are where. `total` = sent + cancelled + suppressed + failed + unknown + stillDue, always. */
export interface MessageCounts extends Record<MessageStatus, number> {
  total: number;
  /** planned, queued and sending together */
  stillDue: number;
  /** Seconds for which the message that waits longest has been due; 0 when none is. */
  dueLag: number;
  /** Times that these messages were handed to the mail server. */
  attempts: number;
}

interface StatusCount {
  status: MessageStatus;
  count: number;
  attempts: number;
  lag: number;
}

export interface Explanation {
  messageId: string;
  kind: MessageKind;
  status: MessageStatus;
  reason: MessageReason | null;
  subject: string;
  sendAt: Date;
  /** In words. */
  explanation: string;
}

/** What has become of all that was to be written to somebody about something. */
export interface Explanations {
  data: Explanation[];
  /** In words, also where there was nothing. */
  summary: string;
}

/** Answers about the ledger; what is about a record that the actor may not see is left out. */
@Injectable()
export class MessagesReader {
  constructor(
    private readonly database: Database,
    private readonly composer: MailComposer,
  ) {}

  list(request: ListRequest): Promise<Page<MessageRow>> {
    return listPage(this.database, messagesList, request, visible);
  }

  /** Throws NotFound. */
  async get(id: string): Promise<MessageRow> {
    const columns = Object.entries(messagesList.select).map(([name, column]) => `${column} AS "${name}"`);
    const sql = `SELECT ${columns.join(', ')} FROM ${messagesList.from} WHERE m.id = $1 AND ${visible()}`;
    const row = await this.database.queryOne<MessageRow>(sql, [id]);
    if (!row) throw new NotFound('message', id);
    return row;
  }

  /** The mail as it would go out now, but for its links. Throws NotFound. */
  async preview(id: string): Promise<MailPreview> {
    const source = await this.database.queryOne<MailSource>(`${SOURCE} AND ${visible()}`, [id]);
    if (!source) throw new NotFound('message', id);
    return this.composer.preview(source);
  }

  /** Why each message about this record to this person or user was sent, will be, or was not; oldest first. */
  async explanation(aboutId: string, recipientId: string): Promise<Explanations> {
    const rows = await this.database.query<
      Omit<Explanation, 'explanation'> & Pick<MessageRow, 'sentAt' | 'attempts' | 'lastError' | 'bounce'>
    >(`${EXPLAINED} AND ${visible()} ORDER BY m.send_at, m.id`, [aboutId, recipientId]);
    const data = rows.map(({ sentAt, attempts, lastError, bounce, ...row }) => ({
      ...row,
      explanation: explain({ ...row, sentAt, attempts, lastError, bounce }),
    }));
    const names = await this.database.queryOne<SummaryNames>(namesSql(), [aboutId, recipientId]);
    return { data, summary: summarize(data, names ?? { title: null, name: null }) };
  }

  /** Of everything, or of one record's or one batch's messages. */
  async counts(of: { aboutId?: string; batchId?: string } = {}): Promise<MessageCounts> {
    const rows = await this.database.query<StatusCount>(countsSql(), [of.aboutId ?? null, of.batchId ?? null]);
    const count = Object.fromEntries(
      MESSAGE_STATUSES.map((status) => [status, rows.find((row) => row.status === status)?.count ?? 0]),
    ) as Record<MessageStatus, number>;
    return {
      ...count,
      total: rows.reduce((sum, row) => sum + row.count, 0),
      stillDue: count.planned + count.queued + count.sending,
      dueLag: Math.max(0, ...rows.map((row) => row.lag)),
      attempts: rows.reduce((sum, row) => sum + row.attempts, 0),
    };
  }
}

const visible = (): string => visibleMessages(currentActor());

const SOURCE = `
  SELECT m.id, m.kind, m.invitation_id AS "invitationId", m.email, m.recipient_name AS "recipientName", m.locale,
    m.time_zone AS "timeZone", m.template_key AS "templateKey", m.data
  FROM ${messagesList.from} WHERE m.id = $1`;

const EXPLAINED = `
  SELECT m.id AS "messageId", m.kind, m.status, m.reason, m.subject, m.send_at AS "sendAt", m.sent_at AS "sentAt", m.attempts,
    m.last_error AS "lastError", m.bounce
  FROM ${messagesList.from} WHERE m.about_id = $1 AND $2 IN (m.person_id, m.user_id)`;

/** What it is about is named to those only who may know of it. */
const namesSql = (): string => `
  SELECT (SELECT a.title FROM records a WHERE a.id = $1 AND ${visibleSql('a', currentActor())}) AS title,
    coalesce((SELECT p.title FROM records p WHERE p.id = $2 AND p.type = 'person'), (SELECT u.name FROM users u WHERE u.id = $2)) AS name`;

const countsSql = (): string => `
  SELECT m.status, count(*)::int AS count, sum(m.attempts)::int AS attempts,
    coalesce(extract(epoch FROM max(now() - m.due_at) FILTER (WHERE m.status = 'planned')), 0)::float8 AS lag
  FROM ${messagesList.from}
  WHERE ($1::uuid IS NULL OR m.about_id = $1) AND ($2::uuid IS NULL OR m.batch_id = $2) AND ${visible()} GROUP BY m.status`;
