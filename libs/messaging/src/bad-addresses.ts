import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { MessagesService } from './messages.service.js';
import { SuppressionsService } from './suppressions.service.js';

/** A mail that came back because its address does not exist. */
export interface BadAddress {
  email: string;
  /** What the mail server said. */
  error: string;
  /** The mail, where it is known. */
  messageId: string | null;
}

interface Owner {
  userId: string;
  email: string;
  name: string;
  locale: string | null;
  timeZone: string | null;
}

/** What is done about an address that does not exist, however that came out. */
@Injectable()
export class BadAddresses {
  constructor(
    readonly database: Database,
    private readonly suppressions: SuppressionsService,
    private readonly messages: MessagesService,
  ) {}

  /** Suppresses the address at once, and tells whoever wrote to it, once for each address. */
  @Transactional()
  async report({ email, error, messageId }: BadAddress): Promise<void> {
    await this.suppressions.add({ email, reason: error.slice(0, 300), source: 'bounced' });
    const owners = await this.database.query<Owner>(OWNERS, [messageId]);
    const about = await this.database.queryOne<{ name: string }>(NAME, [messageId]);
    await this.messages.plan(
      owners.map((owner) => ({
        kind: 'notice',
        dedupeKey: `bad_address:${email}:${owner.userId}`,
        recipient: owner,
        templateKey: 'bad_address',
        data: { title: about?.name ?? email, lines: [email, error] },
      })),
    );
  }
}

const USER = `u.id AS "userId", u.email, u.name, u.locale, u.time_zone AS "timeZone"`;

/** Who planned the message; else who owns what it is about; else the managers, or the administrators where there are none. */
const OWNERS = `
  WITH message AS (SELECT m.planned_by, r.owner_ids FROM messages m LEFT JOIN records r ON r.id = m.about_id WHERE m.id = $1),
  candidates AS (
    SELECT u.*, CASE
      WHEN u.id = (SELECT planned_by FROM message) THEN 1
      WHEN u.id = ANY((SELECT owner_ids FROM message)::uuid[]) THEN 2
      WHEN u.role = 'manager' THEN 3
      WHEN u.role = 'admin' THEN 4 END AS place
    FROM users u WHERE u.archived_at IS NULL)
  SELECT ${USER} FROM candidates u WHERE u.place = (SELECT min(place) FROM candidates) ORDER BY u.id`;

const NAME = 'SELECT recipient_name AS name FROM messages WHERE id = $1';
