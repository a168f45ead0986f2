import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '#faults';
import { STATUS_OF } from '../http/problem.js';
import { escapeHtml, page, pageLanguage } from './page.js';
import { WORDS } from './words.js';

/** Tells a person, not a program, what went wrong with a link or a form. */
@Catch(Fault)
export class PageFilter implements ExceptionFilter {
  catch(fault: Fault, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const language = pageLanguage(http.getRequest<FastifyRequest>().headers['accept-language'] ?? 'en');
    const [status] = STATUS_OF[fault.kind];
    const message = status === 400 || status === 401 || status === 404 ? WORDS[language].badLink : fault.message;
    const html = page(
      language,
      WORDS[language].invitation,
      `<p class="answer" role="alert">${escapeHtml(message)}</p>`,
    );
    void http.getResponse<FastifyReply>().status(status).header('Content-Type', 'text/html; charset=utf-8').send(html);
  }
}
