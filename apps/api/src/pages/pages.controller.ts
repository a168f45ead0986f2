import { Body, Controller, Get, Header, HttpCode, Param, Post, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Invalid } from '#faults';
import { InvitationResponsesService, InvitationsReader } from '#invitations';
import { SuppressionsReader, SuppressionsService } from '#messaging';
import { Public } from '../http/access.guard.js';
import { PageFilter } from './page.filter.js';
import { rsvpPage } from './rsvp.page.js';
import { unsubscribePage } from './unsubscribe.page.js';

const HTML = 'text/html; charset=utf-8';
const ANSWERS = ['accepted', 'tentative', 'declined'] as const;
const NOTE_LIMIT = 2_000;

/** Pages for people without an account; the link in their mail is the key. GET only shows, POST does. */
@ApiExcludeController()
@Controller()
@Public()
@UseFilters(PageFilter)
export class PagesController {
  constructor(
    private readonly invitations: InvitationResponsesService,
    private readonly invitationsReader: InvitationsReader,
    private readonly suppressions: SuppressionsService,
    private readonly suppressionsReader: SuppressionsReader,
  ) {}

  @Get('rsvp/:token')
  @Header('Content-Type', HTML)
  @Header('Cache-Control', 'no-store')
  async rsvp(@Param('token') token: string): Promise<string> {
    return rsvpPage(await this.invitationsReader.answerPage(token));
  }

  /** Answers, then shows the page anew, so that reloading it does not answer again. */
  @Post('rsvp/:token')
  async respond(
    @Param('token') token: string,
    @Body() form: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.invitations.respondByToken(token, answerOf(form));
    await reply.redirect(`/rsvp/${encodeURIComponent(token)}`, 303);
  }

  @Get('unsubscribe/:token')
  @Header('Content-Type', HTML)
  @Header('Cache-Control', 'no-store')
  async unsubscribe(@Param('token') token: string): Promise<string> {
    return unsubscribePage(await this.suppressionsReader.unsubscribePage(token));
  }

  /** The page's button, and the one-click POST of mail programs (RFC 8058 §3.1), whose body does not matter. */
  @Post('unsubscribe/:token')
  @HttpCode(200)
  @Header('Content-Type', HTML)
  async endMails(@Param('token') token: string): Promise<string> {
    await this.suppressions.unsubscribeByToken(token);
    return unsubscribePage(await this.suppressionsReader.unsubscribePage(token));
  }
}

function answerOf(form: Record<string, unknown> | undefined): {
  status: (typeof ANSWERS)[number];
  note: string | null;
} {
  const status = ANSWERS.find((answer) => answer === form?.status);
  if (!status) throw Invalid.field('/status', 'is_in', `status must be one of ${ANSWERS.join(', ')}`);
  const note = typeof form?.note === 'string' ? form.note.replaceAll('\0', '').trim().slice(0, NOTE_LIMIT) : '';
  return { status, note: note || null };
}
