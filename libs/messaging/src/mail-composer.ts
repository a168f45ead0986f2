import { Inject, Injectable } from '@nestjs/common';
import type { SendMailOptions } from 'nodemailer';
import { type Config, CONFIG } from '#config';
import { type CalendarMail, mailCalendarFile } from './mail-calendar-file.js';
import { answerableUntil, MailLinks } from './mail-links.js';
import { mailView } from './mail-view.js';
import type { MessageKind } from './message-status.js';
import { codePictures, withPictures } from './qr-code.js';
import { type Sender, senderOf } from './sender.js';
import { isUnsubscribable, type MailView } from './template-fields.js';
import { oneLine, renderHtml, renderSubject, renderText } from './template-text.js';
import { type CompiledTemplate, TemplatesReader } from './templates.reader.js';

/** What of a message's row its mail is made from. */
export interface MailSource extends CalendarMail {
  id: string;
  kind: MessageKind;
  invitationId: string | null;
  /** Of the invitation; its answer links of older versions are revoked. */
  linkVersion?: number | null;
  timeZone: string;
  templateKey: string;
}

/** Characters of a recipient's name in the address line. */
const LONGEST_NAME = 200;

/** A mail to read, not to send. */
export interface MailPreview {
  subject: string;
  html: string;
  text: string;
}

/** Makes the mail of a message from its template and its own data, and from nothing else. */
@Injectable()
export class MailComposer {
  private readonly sender: Sender;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly templates: TemplatesReader,
    private readonly links: MailLinks,
  ) {
    this.sender = senderOf(config.mailFrom);
  }

  /** The mail as it goes out. Its Message-ID is the message's own for ever, so a receiver can tell a repetition. */
  async mail(source: MailSource): Promise<SendMailOptions> {
    const links = this.ownLinks(source);
    const parts = this.fill(await this.templates.find(source.templateKey, source.locale), source, links);
    return {
      from: { name: this.sender.name, address: this.sender.address },
      to: { name: oneLine(source.recipientName, LONGEST_NAME), address: source.email },
      messageId: `<${source.id}@${this.sender.domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(links.unsubscribeUrl) },
      ...parts,
      ...this.calendarParts(source, links),
      attachments: await codePictures(parts.html, source.data),
    };
  }

  /**
   * The same, with links that lead nowhere: who reads it is not who may answer. `template` stands in for the saved one.
   */
  async preview(
    source: Omit<MailSource, 'id' | 'kind' | 'invitationId' | 'email' | 'aboutId' | 'calendar'>,
    template?: CompiledTemplate,
  ): Promise<MailPreview> {
    const links = {
      respondUrl: `${this.config.publicUrl}/rsvp/preview`,
      unsubscribeUrl: `${this.config.publicUrl}/unsubscribe/preview`,
    };
    const found = template ?? (await this.templates.find(source.templateKey, source.locale));
    const parts = this.fill(found, source, links);
    return { ...parts, html: await withPictures(parts.html, source.data) };
  }

  private fill(
    template: CompiledTemplate,
    source: Pick<MailSource, 'data' | 'recipientName' | 'locale' | 'timeZone'>,
    links: MailView,
  ): MailPreview {
    const house: MailView = { chamberName: this.sender.name, postalAddress: this.config.postalAddress };
    const view = mailView({ ...source, extra: { ...house, ...links } });
    return {
      subject: renderSubject(template.subject, view),
      html: renderHtml(template.html, view),
      text: renderText(template.text, view),
    };
  }

  /** The entry twice, as all calendars want it: as a part to read (RFC 6047), and as a file for those that only know files. */
  private calendarParts(source: MailSource, { respondUrl }: MailView): SendMailOptions {
    const organizer = { name: this.sender.name, email: this.sender.address };
    const link = typeof respondUrl === 'string' ? respondUrl : undefined;
    const content = mailCalendarFile(source, { organizer, respondUrl: link });
    return content && source.calendar ? { icalEvent: { method: source.calendar.method, content } } : {};
  }

  private ownLinks({ id, invitationId, linkVersion, data, templateKey, kind }: MailSource): MailView {
    return {
      ...(invitationId && {
        respondUrl: this.links.respond(invitationId, answerableUntil(data), linkVersion ?? 1),
      }),
      ...((isUnsubscribable(kind) || isUnsubscribable(templateKey)) && { unsubscribeUrl: this.links.unsubscribe(id) }),
    };
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
