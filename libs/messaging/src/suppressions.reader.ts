import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { NotFound } from '#faults';
import { MailLinks } from './mail-links.js';
import { SUPPRESSION_SOURCES, type SuppressionSource } from './suppression.entity.js';

export interface SuppressionRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  email: string;
  reason: string;
  source: SuppressionSource;
}

export const suppressionsList: ListSpec<SuppressionRow> = {
  from: 'suppressions s',
  id: 's.id',
  select: {
    id: 's.id',
    version: 's.version',
    createdAt: 's.created_at',
    updatedAt: 's.updated_at',
    email: 's.email',
    reason: 's.reason',
    source: 's.source',
  },
  fields: {
    email: { column: 's.email', kind: 'text', sortable: true },
    source: { column: 's.source', kind: 'enum', values: SUPPRESSION_SOURCES },
    createdAt: { column: 's.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-createdAt',
};

/** What an unsubscribe page shows. */
export interface UnsubscribePage {
  /** Whose mails end. */
  email: string;
  /** BCP 47 */
  locale: string;
  alreadyUnsubscribed: boolean;
}

@Injectable()
export class SuppressionsReader {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
  ) {}

  list(request: ListRequest): Promise<Page<SuppressionRow>> {
    return listPage(this.database, suppressionsList, request);
  }

  /** Throws NotFound. */
  get(id: string): Promise<SuppressionRow> {
    return demandOne(this.database, suppressionsList, 'suppression', id);
  }

  /** Those of some addresses that must not be mailed, in lower case. */
  async among(emails: string[]): Promise<Set<string>> {
    const lower = emails.map((email) => email.trim().toLowerCase());
    const rows = await this.database.query<{ email: string }>('SELECT email FROM suppressions WHERE email = ANY($1)', [
      lower,
    ]);
    return new Set(rows.map(({ email }) => email));
  }

  /** Changes nothing. Throws BadMailLink, NotFound. */
  async unsubscribePage(token: string): Promise<UnsubscribePage> {
    const id = this.links.messageOf(token);
    const page = await this.database.queryOne<UnsubscribePage>(
      `SELECT m.email, m.locale, EXISTS (SELECT FROM suppressions s WHERE s.email = m.email) AS "alreadyUnsubscribed"
       FROM messages m WHERE m.id = $1`,
      [id],
    );
    if (!page) throw new NotFound('message', id);
    return page;
  }
}
