import { type ParsedMail, simpleParser } from 'mailparser';
import { NoCalendarReply } from './invitations.errors.js';

/** Nobody reads the rest of the mail. */
const ONLY_PARTS = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };

/** What a calendar may call itself; some programs send the same twice, and the second one is a file to keep. */
const CALENDARS = ['text/calendar', 'application/ics'];

/** The iCalendar text that came in a mail (RFC 6047), whatever it was wrapped in; empty where there is none. Throws NoCalendarReply. */
export async function calendarPart(mail: string): Promise<string> {
  const { attachments } = await parsed(mail);
  const [part] = CALENDARS.flatMap((type) => attachments.filter(({ contentType }) => contentType === type));
  return part ? decoded(part.content, charsetOf(part.headers.get('content-type'))) : '';
}

/** The parser gives up on mails of too many parts, one in the other. */
async function parsed(mail: string): Promise<ParsedMail> {
  try {
    return await simpleParser(mail, ONLY_PARTS);
  } catch {
    throw new NoCalendarReply('unreadable_mail');
  }
}

function charsetOf(contentType: unknown): string {
  const { params } = (contentType ?? {}) as { params?: Record<string, string> };
  return params?.charset ?? 'utf-8';
}

/** One that nobody knows is read as UTF-8, which iCalendar is written in unless it says otherwise (RFC 5545 §3.1.4). */
function decoded(content: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(content);
  } catch {
    return content.toString('utf8');
  }
}
