import type { UnsubscribePage } from '#messaging';
import { escapeHtml, page, pageLanguage } from './page.js';
import { WORDS } from './words.js';

/** Asks before it ends the mails: mail scanners open links, people press buttons. */
export function unsubscribePage({ email, locale, alreadyUnsubscribed }: UnsubscribePage): string {
  const language = pageLanguage(locale);
  const words = WORDS[language];
  const address = `<p><strong>${escapeHtml(email)}</strong></p>`;
  const body = alreadyUnsubscribed
    ? `<p class="answer" role="status">${escapeHtml(words.unsubscribed)}</p>`
    : `<p>${escapeHtml(words.unsubscribeAsk)}</p><form method="post"><button>${escapeHtml(words.unsubscribe)}</button></form>`;
  return page(language, words.unsubscribe, `<h1>${escapeHtml(words.unsubscribe)}</h1>${address}${body}`);
}
