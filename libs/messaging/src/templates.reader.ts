import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { NotFound } from '#faults';
import { BUILT_IN } from './built-in/index.js';
import { bestLocale } from './locale-fallback.js';
import { shows } from './template-text.js';

export interface TemplateRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  key: string;
  locale: string;
  subject: string;
  body: string;
  customised: boolean;
}

/** What a mail is made of. */
export interface CompiledTemplate {
  locale: string;
  subject: string;
  html: string;
  text: string;
}

export const templatesList: ListSpec<TemplateRow> = {
  from: 'templates t',
  id: 't.id',
  select: {
    id: 't.id',
    version: 't.version',
    createdAt: 't.created_at',
    updatedAt: 't.updated_at',
    archivedAt: 't.archived_at',
    key: 't.key',
    locale: 't.locale',
    subject: 't.subject',
    body: 't.body',
    customised: 't.customised',
  },
  fields: {
    key: { column: 't.key', kind: 'text', sortable: true },
    locale: { column: 't.locale', kind: 'text', sortable: true },
    customised: { column: 't.customised', kind: 'boolean' },
  },
  defaultSort: 'key',
  where: 't.archived_at IS NULL',
};

/** Milliseconds for which a template is not looked up again while mails go out. */
const FRESH = 5_000;

@Injectable()
export class TemplatesReader {
  private readonly kept = new Map<string, { until: number; templates: Promise<CompiledTemplate[]> }>();

  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<TemplateRow>> {
    return listPage(this.database, templatesList, request);
  }

  /** Throws NotFound. */
  get(id: string): Promise<TemplateRow> {
    return demandOne(this.database, templatesList, 'template', id, [], 't.archived_at IS NULL');
  }

  /** The template in the language nearest to the one asked for; a change takes effect within 5 s. Throws NotFound. */
  async find(key: string, locale: string): Promise<CompiledTemplate> {
    const template = bestLocale(await this.ofKey(key), locale);
    if (!template) throw new NotFound(`template "${key}"`);
    return template;
  }

  /** What staff or the house wrote, in the language nearest to the one asked for. */
  async source(key: string, locale: string): Promise<Pick<TemplateRow, 'locale' | 'subject' | 'body'> | undefined> {
    const rows = await this.database.query<Pick<TemplateRow, 'locale' | 'subject' | 'body'>>(
      'SELECT locale, subject, body FROM templates WHERE key = $1 AND archived_at IS NULL',
      [key],
    );
    return bestLocale(rows, locale);
  }

  /** Whether there is a template of this key, in whatever language. */
  async exists(key: string): Promise<boolean> {
    return BUILT_IN.some((template) => template.key === key) || (await this.ofKey(key)).length > 0;
  }

  /** Whether whoever gets the mail can answer it, in each language it is written in. */
  async isAnswerable(key: string): Promise<boolean> {
    const saved = (await this.ofKey(key)).map(({ html }) => html);
    const texts =
      saved.length > 0 ? saved : BUILT_IN.filter((template) => template.key === key).map(({ body }) => body);
    return texts.length > 0 && texts.every((text) => shows(text, 'respondUrl'));
  }

  /** Says the subject line of each template in a language; a template of the house speaks before it is installed. */
  async subjects(keys: string[]): Promise<(key: string, locale: string) => string> {
    const saved = await this.database.query<{ key: string; locale: string; subject: string }>(
      'SELECT key, locale, subject FROM templates WHERE key = ANY($1) AND archived_at IS NULL',
      [[...new Set(keys)]],
    );
    return (key, locale) => {
      const own = bestLocale(
        saved.filter((template) => template.key === key),
        locale,
      );
      return (
        (
          own ??
          bestLocale(
            BUILT_IN.filter((template) => template.key === key),
            locale,
          )
        )?.subject ?? '{{title}}'
      );
    };
  }

  private ofKey(key: string): Promise<CompiledTemplate[]> {
    const kept = this.kept.get(key);
    if (kept && kept.until > performance.now()) return kept.templates;
    const templates = this.database.query<CompiledTemplate>(
      'SELECT locale, subject, html, text FROM templates WHERE key = $1 AND archived_at IS NULL',
      [key],
    );
    this.kept.set(key, { until: performance.now() + FRESH, templates });
    templates.catch(() => this.kept.delete(key));
    return templates;
  }
}
