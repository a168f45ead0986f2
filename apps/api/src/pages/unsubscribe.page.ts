import type { UnsubscribePage } from '#messaging';
import { pageLanguage } from './languages.js';
import { escapeHtml, type House, page, say } from './page.js';
import { WORDS } from './words.js';

/** Asks before it ends the mails: mail scanners open links, people press buttons. */
export function unsubscribePage({ email, locale, alreadyUnsubscribed }: UnsubscribePage, house: House): string {
  const language = pageLanguage(locale);
  const words = WORDS[language];
  const body = alreadyUnsubscribed
    ? say(words.unsubscribed(email))
    : `<p>${escapeHtml(words.unsubscribeAsk(email))}</p><form method="post"><button>${escapeHtml(words.unsubscribe)}</button></form>`;
  return page(language, words.unsubscribe, `<h1>${escapeHtml(words.unsubscribe)}</h1>${body}`, house);
}
