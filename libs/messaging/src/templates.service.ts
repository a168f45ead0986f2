import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { type FieldFault, Invalid, NotFound } from '#faults';
import { BUILT_IN, type TemplateSource } from './built-in/index.js';
import { MailComposer, type MailPreview } from './mail-composer.js';
import { wholeDocument } from './mail-layout.js';
import { TemplateExists } from './messaging.errors.js';
import { compileMjml, compileTrial, type Compiled } from './mjml-compiler.js';
import type { MailData } from './planned-message.js';
import { Template } from './template.entity.js';
import { fieldFaults, partFaults } from './template-text.js';
import { TemplatesReader } from './templates.reader.js';

/** A template to be looked at. */
export interface TemplateTrial {
  key: string;
  /** `en` when absent. */
  locale?: string;
  subject?: string;
  body?: string;
  /** An example event when absent. */
  data?: MailData;
}

/** Shown where no message lends its data. */
const EXAMPLE: MailData = {
  title: 'Forum on trade and investment',
  startsAt: '2026-03-10T14:00:00Z',
  endsAt: '2026-03-10T22:00:00Z',
  timeZone: 'America/New_York',
  place: 'Washington',
  respondBy: '2026-03-01T17:00:00Z',
  lines: ['An example.'],
  code: '7K3QD9XW2M',
  position: '3',
};

type SourceHash = Pick<Template, 'key' | 'locale' | 'sourceHash' | 'customised'>;

/** What mails say. MJML is compiled when it is saved, so that a broken template is found then and not when mails go out. */
@Injectable()
export class TemplatesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly reader: TemplatesReader,
    private readonly composer: MailComposer,
  ) {}

  /** Takes the place of the house's own text for this key and language, if there is one. Throws Invalid, TemplateExists. */
  @Transactional()
  async create(input: TemplateSource): Promise<Template> {
    const { key, locale } = input;
    const compiled = await compileSound(input);
    const known = await this.database.manager.findOne(Template, { where: { key, locale, customised: false } });
    if (known && !known.archivedAt)
      return this.store.update(Template, known, { ...input, ...compiled, customised: true });
    const taken = await this.database.queryOne(
      'SELECT id FROM templates WHERE key = $1 AND locale = $2 AND archived_at IS NULL',
      [key, locale],
    );
    if (taken) throw new TemplateExists(key, locale);
    return this.store.insert(Template, { ...input, ...compiled, customised: true });
  }

  /** Throws NotFound, Stale, Invalid. */
  @Transactional()
  async update(
    id: string,
    patch: Partial<Pick<TemplateSource, 'subject' | 'body'>>,
    version?: number,
  ): Promise<Template> {
    const template = await this.store.lock(Template, id, version);
    const source = {
      key: template.key,
      locale: template.locale,
      subject: patch.subject ?? template.subject,
      body: patch.body ?? template.body,
    };
    return this.store.update(Template, template, { ...source, ...(await compileSound(source)), customised: true });
  }

  /** Takes a template away; where the house has its own text for it, that text comes back. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(Template, id, version);
    await this.installBuiltIns();
  }

  /** What a mail of this template looks like, with `subject` and `body` tried out in place of the saved ones. Throws NotFound, Invalid. */
  async preview({ key, locale = 'en', subject, body, data = EXAMPLE }: TemplateTrial): Promise<MailPreview> {
    const saved = await this.reader.source(key, locale);
    const trial = { key, locale, subject: subject ?? saved?.subject ?? '{{title}}', body: body ?? saved?.body };
    if (trial.body === undefined) throw new NotFound(`template "${key}"`);
    const compiled = await compileSound({ ...trial, body: trial.body });
    const source = { templateKey: key, locale, data, recipientName: 'Leyla Məmmədova', timeZone: 'Asia/Baku' };
    return this.composer.preview(source, { ...trial, ...compiled });
  }

  /** Brings the house's own templates up to date, leaving those alone that staff have written anew. Safe to repeat. */
  @Transactional()
  async installBuiltIns(): Promise<void> {
    const current = await this.database.query<SourceHash>(
      'SELECT key, locale, source_hash AS "sourceHash", customised FROM templates WHERE archived_at IS NULL',
    );
    const outdated = BUILT_IN.filter((source) => isOutdated(source, current));
    if (outdated.length === 0) return;
    const compiled = await compileMjml(outdated.map((source) => wholeDocument(source.key, source.locale, source.body)));
    const rows = outdated.map((source, i) => ({
      id: v7(),
      ...source,
      html: compiled[i]?.html,
      text: compiled[i]?.text,
      source_hash: hashOf(source),
    }));
    await this.database.query(INSTALL, [JSON.stringify(rows)]);
  }
}

function isOutdated(source: TemplateSource, current: SourceHash[]): boolean {
  const known = current.find(({ key, locale }) => key === source.key && locale === source.locale);
  return !known || (!known.customised && known.sourceHash !== hashOf(source));
}

/** Changes with the text and with the layout around it. */
const hashOf = ({ key, locale, subject, body }: TemplateSource): string =>
  createHash('sha256')
    .update(`${subject}\0${wholeDocument(key, locale, body)}`)
    .digest('hex');

/** Compiles a template, or throws Invalid with everything that is wrong with it. */
export async function compileSound(
  source: TemplateSource,
): Promise<Pick<Compiled, 'html' | 'text'> & { sourceHash: string }> {
  const document = wholeDocument(source.key, source.locale, source.body);
  const faults = fieldFaults(source.key, { subject: source.subject, body: document });
  if (/<mj-include\b/i.test(document)) faults.push(inBody('unsafe_markup', 'A template cannot include files.'));
  if (faults.length > 0) throw new Invalid(faults);
  const { html, text, errors, unsafe } = await compileTrial(document);
  const found = [
    ...errors.map((message) => inBody('broken_mjml', message)),
    ...unsafe.map((message) => inBody('unsafe_markup', message)),
    ...(errors.length > 0 ? [] : partFaults(source.key, { html, text })),
  ];
  if (found.length > 0) throw new Invalid(found);
  return { html, text, sourceHash: hashOf(source) };
}

const inBody = (code: string, message: string): FieldFault => ({ pointer: '/body', code, message });

const INSTALL = `
  INSERT INTO templates AS t (id, key, locale, subject, body, html, text, source_hash, customised)
  SELECT id, key, locale, subject, body, html, text, source_hash, false FROM jsonb_populate_recordset(NULL::templates, $1::jsonb)
  ON CONFLICT (key, locale) WHERE archived_at IS NULL DO UPDATE SET subject = excluded.subject, body = excluded.body,
    html = excluded.html, text = excluded.text, source_hash = excluded.source_hash, version = t.version + 1, updated_at = now()
  WHERE NOT t.customised`;
