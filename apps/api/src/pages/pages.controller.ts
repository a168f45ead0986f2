import { Body, Controller, Get, Inject, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { calendarText } from '#calendar';
import { type Config, CONFIG } from '#config';
import { type InvitationAnswer, InvitationResponsesService, InvitationsReader } from '#invitations';
import { BadMailLink, senderOf, SuppressionsReader, SuppressionsService } from '#messaging';
import { Public } from '../http/access.guard.js';
import { PageThrottle } from './page-throttle.guard.js';
import { type House, sendPage } from './page.js';
import { closedBecause, isForCalendars, NOTE_LIMIT, rsvpPage, type RsvpFrame } from './rsvp.page.js';
import { unsubscribePage } from './unsubscribe.page.js';

const ANSWERS = ['accepted', 'tentative', 'declined'] as const;

/** Pages for people without an account; the link in their mail is the key. GET only shows, POST does. */
@ApiExcludeController()
@Controller()
@Public()
@UseGuards(PageThrottle)
export class PagesController {
  private readonly house: House;
  /** Path under which a proxy may have put everything. */
  private readonly base: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly invitations: InvitationResponsesService,
    private readonly invitationsReader: InvitationsReader,
    private readonly suppressions: SuppressionsService,
    private readonly suppressionsReader: SuppressionsReader,
  ) {
    this.house = { name: senderOf(config.mailFrom).name, postalAddress: config.postalAddress };
    this.base = new URL(config.publicUrl).pathname.replace(/\/$/, '');
  }

  @Get('rsvp/:token')
  async rsvp(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    sendPage(reply, rsvpPage(await this.invitationsReader.answerPage(token), this.frame(token)));
  }

  /** Answers, then shows the page anew, so that reloading it does not answer again. */
  @Post('rsvp/:token')
  async respond(@Param('token') token: string, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const invitation = await this.invitationsReader.answerPage(token);
    if (closedBecause(invitation)) return sendPage(reply, rsvpPage(invitation, this.frame(token)), 409);
    const { fault, ...answer } = readForm(body);
    if (fault) {
      const frame = { ...this.frame(token), fault, note: answer.note ?? undefined };
      return sendPage(reply, rsvpPage(invitation, frame), 422);
    }
    await this.invitations.respondByToken(token, answer);
    await reply.header('Cache-Control', 'no-store').redirect(this.frame(token).path, 303);
  }

  /** For calendars that do not read the mail. */
  @Get('rsvp/:token/event.ics')
  async calendar(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const invitation = await this.invitationsReader.answerPage(token);
    if (!isForCalendars(invitation)) throw new BadMailLink();
    const { aboutId: id, sequence, title, startsAt, endsAt, eventTimeZone: timeZone, place: location } = invitation;
    const event = { id, sequence, title, startsAt, endsAt, timeZone, location, changedAt: new Date() };
    void reply
      .header('Content-Type', 'text/calendar; charset=utf-8')
      .header('Content-Disposition', 'attachment; filename="event.ics"')
      .header('Cache-Control', 'no-store')
      .send(calendarText({ method: 'PUBLISH', events: [event] }));
  }

  @Get('unsubscribe/:token')
  async unsubscribe(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    sendPage(reply, unsubscribePage(await this.suppressionsReader.unsubscribePage(token), this.house));
  }

  /** The page's button, and the one-click POST of mail programs (RFC 8058 §3.1), whose body does not matter. */
  @Post('unsubscribe/:token')
  async endMails(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await this.suppressions.unsubscribeByToken(token);
    sendPage(reply, unsubscribePage(await this.suppressionsReader.unsubscribePage(token), this.house));
  }

  private frame(token: string): RsvpFrame {
    return { house: this.house, path: `${this.base}/rsvp/${encodeURIComponent(token)}` };
  }
}

type Form = InvitationAnswer & Pick<RsvpFrame, 'fault'>;

/** What an invitee has sent; a form without a note leaves an earlier one alone. */
function readForm(body: unknown): Form {
  const form = (body ?? {}) as Record<string, unknown>;
  const status = ANSWERS.find((answer) => answer === form.status);
  const note = typeof form.note === 'string' ? plain(form.note) : undefined;
  if (!status) return { status: 'needs_action', note, fault: 'chooseAnswer' };
  if (note && note.length > NOTE_LIMIT) return { status, note, fault: 'noteTooLong' };
  return { status, note: note === '' ? null : note };
}

/** Line ends count once, as they do in the browser; what cannot be stored is left out. */
const plain = (note: string): string =>
  note
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|\p{Surrogate}/gu, '')
    .trim();
