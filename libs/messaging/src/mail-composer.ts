import { Inject, Injectable } from '@nestjs/common';
import type { SendMailOptions } from 'nodemailer';
import { type Config, CONFIG } from '#config';
import { MailLinks } from './mail-links.js';
import { mailView } from './mail-view.js';
import type { MessageKind } from './message-status.js';
import type { MailData } from './planned-message.js';
import { isUnsubscribable, type MailView } from './template-fields.js';
import { oneLine, renderHtml, renderSubject, renderText } from './template-text.js';
import { type CompiledTemplate, TemplatesReader } from './templates.reader.js';

/** What of a message's row its mail is made from. */
export interface MailSource {
  id: string;
  kind: MessageKind;
  invitationId: string | null;
  email: string;
  recipientName: string;
  locale: string;
  timeZone: string;
  templateKey: string;
  data: MailData;
}

/** A mail to read, not to send. */
export interface MailPreview {
  subject: string;
  html: string;
  text: string;
}

/** Makes the mail of a message from its template and its own data, and from nothing else. */
@Injectable()
export class MailComposer {
  private readonly domain: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly templates: TemplatesReader,
    private readonly links: MailLinks,
  ) {
    this.domain = /@([^\s@<>]+)>?$/.exec(config.mailFrom)?.[1] ?? 'localhost';
  }

  /** The mail as it goes out. Its Message-ID is the message's own for ever, so a receiver can tell a repetition. */
  async mail(source: MailSource): Promise<SendMailOptions> {
    const links = this.ownLinks(source);
    const parts = this.fill(await this.templates.find(source.templateKey, source.locale), source, links);
    return {
      from: this.config.mailFrom,
      to: { name: oneLine(source.recipientName), address: source.email },
      messageId: `<${source.id}@${this.domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(links.unsubscribeUrl) },
      ...parts,
    };
  }

  /**
   * The same, with links that lead nowhere: who reads it is not who may answer. `template` stands in for the saved one.
   */
  async preview(
    source: Omit<MailSource, 'id' | 'kind' | 'invitationId' | 'email'>,
    template?: CompiledTemplate,
  ): Promise<MailPreview> {
    const links = {
      respondUrl: `${this.config.publicUrl}/rsvp/preview`,
      unsubscribeUrl: `${this.config.publicUrl}/unsubscribe/preview`,
    };
    return this.fill(template ?? (await this.templates.find(source.templateKey, source.locale)), source, links);
  }

  private fill(
    template: CompiledTemplate,
    source: Pick<MailSource, 'data' | 'recipientName' | 'locale' | 'timeZone'>,
    links: MailView,
  ): MailPreview {
    const house: MailView = { chamberName: this.chamberName(), postalAddress: this.config.postalAddress };
    const view = mailView({ ...source, extra: { ...house, ...links } });
    return {
      subject: renderSubject(template.subject, view),
      html: renderHtml(template.html, view),
      text: renderText(template.text, view),
    };
  }

  private ownLinks({ id, invitationId, data, templateKey, kind }: MailSource): MailView {
    const until = [data.endsAt, data.startsAt, data.respondBy].find((value) => typeof value === 'string');
    return {
      ...(invitationId && {
        respondUrl: this.links.respond(invitationId, until ? new Date(until) : new Date()),
      }),
      ...((isUnsubscribable(kind) || isUnsubscribable(templateKey)) && { unsubscribeUrl: this.links.unsubscribe(id) }),
    };
  }

  /** Display name of the sender. */
  private chamberName(): string {
    const name = this.config.mailFrom.split('<')[0]?.replaceAll('"', '').trim();
    return name && !name.includes('@') ? name : this.domain;
  }
}

/** RFC 2369 and RFC 8058 */
function unsubscribeHeaders(url: MailView['unsubscribeUrl']): Record<string, { prepared: true; value: string }> {
  if (typeof url !== 'string') return {};
  return {
    'List-Unsubscribe': { prepared: true, value: `<${url}>` },
    'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
  };
}
