import type { InvitationPage } from '#invitations';
import { escapeHtml, page, pageLanguage } from './page.js';
import { WORDS } from './words.js';

/** The page on which an invitee answers. */
export function rsvpPage(invitation: InvitationPage): string {
  const language = pageLanguage(invitation.locale);
  const words = WORDS[language];
  const body = [
    `<p>${escapeHtml(`${words.dear} ${invitation.personName}`)}</p><h1>${escapeHtml(invitation.title)}</h1>`,
    facts(invitation, language),
    invitation.cancelledAt || invitation.calledOff
      ? `<p class="answer">${escapeHtml(invitation.calledOff ? words.calledOff : words.withdrawn)}</p>`
      : answerForm(invitation, language),
  ];
  return page(language, `${words.invitation}: ${invitation.title}`, body.join(''));
}

type Language = keyof typeof WORDS;

function facts({ startsAt, eventTimeZone, timeZone, place, respondBy }: InvitationPage, language: Language): string {
  const words = WORDS[language];
  const home = eventTimeZone ?? 'UTC';
  const rows: [string, string | null][] = [
    [words.when, startsAt && inZone(startsAt, home, language)],
    [words.localTime, startsAt && timeZone !== home ? inZone(startsAt, timeZone, language) : null],
    [words.where, place],
    [words.respondBy, respondBy && inZone(respondBy, timeZone, language)],
  ];
  const shown = rows.flatMap(([term, value]) =>
    value ? `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd>` : [],
  );
  return shown.length > 0 ? `<dl>${shown.join('')}</dl>` : '';
}

/** Day, time and the zone's name, so that nobody has to guess whose ten o'clock it is. */
function inZone(at: Date, timeZone: string, language: Language): string {
  const text = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at);
  return `${text} (${timeZone.replaceAll('_', ' ')})`;
}

function answerForm({ status, note }: InvitationPage, language: Language): string {
  const words = WORDS[language];
  const answered =
    status === 'needs_action'
      ? ''
      : `<p class="answer" role="status">${escapeHtml(words.answered[status])} ${escapeHtml(words.mayChange)}</p>`;
  const button = (value: string, text: string, quiet: boolean) =>
    `<button name="status" value="${value}"${quiet ? ' class="quiet"' : ''}${status === value ? ' aria-pressed="true"' : ''}>${escapeHtml(text)}</button>`;
  return (
    `${answered}<form method="post"><label for="note">${escapeHtml(words.note)}</label>` +
    `<textarea id="note" name="note" maxlength="2000">${escapeHtml(note ?? '')}</textarea><div class="choices">` +
    `${button('accepted', words.accept, false)}${button('tentative', words.tentative, true)}${button('declined', words.decline, true)}</div></form>`
  );
}
