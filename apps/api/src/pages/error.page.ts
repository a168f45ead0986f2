import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../http/problem.js';
import { acceptedLanguage, pageLanguage } from './languages.js';
import { page, say, sendPage } from './page.js';
import { type Words, WORDS } from './words.js';

const PAGES = /^\/(rsvp|unsubscribe)(?:[/?]|$)/;

/** Whether a person looks at what is answered under this address, and not a program. */
export const isPageAddress = (url: string): boolean => PAGES.test(url);

/** Tells a person what went wrong with a link or a form, in their language where the fault knows it. */
export function sendErrorPage(reply: FastifyReply, request: FastifyRequest, problem: Problem): void {
  const { locale } = problem;
  const language =
    typeof locale === 'string' ? pageLanguage(locale) : acceptedLanguage(request.headers['accept-language']);
  const words = WORDS[language];
  const title = request.url.startsWith('/unsubscribe') ? words.unsubscribe : words.invitation;
  sendPage(reply, page(language, title, `<h1>${title}</h1>${say(wordsFor(problem, words), 'alert')}`), problem.status);
}

const BY_CODE: Record<string, keyof Words | undefined> = {
  link_gone: 'linkGone',
  called_off: 'calledOff',
  already_over: 'over',
  invitation_cancelled: 'withdrawn',
};

function wordsFor({ code, status, retryAfter }: Problem, words: Words): string {
  const known = BY_CODE[code] && words[BY_CODE[code]];
  if (typeof known === 'string') return known;
  if (status === 429) return words.tooMany(typeof retryAfter === 'number' ? retryAfter : 60);
  if (status >= 500) return words.ourFault;
  return status === 404 || status === 414 ? words.badLink : words.badRequest;
}
