import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { calendarPart, CalendarRepliesService, calendarReply } from '#invitations';
import { DirectoryMatchesReader } from '#members';
import { Permit } from '../http/access.guard.js';
import { REPLY_TYPES } from '../http/media-types.js';
import { CalendarReplyEffectDto } from './calendar-reply.dto.js';

const EXAMPLE = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Calendar//EN
METHOD:REPLY
BEGIN:VEVENT
UID:019a0000-0000-7000-8000-000000000000@chamberlain
SEQUENCE:0
DTSTAMP:20260301T091500Z
ORGANIZER:mailto:events@chamber.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:aysel@example.com
COMMENT:I come with a colleague.
END:VEVENT
END:VCALENDAR
`;

@ApiTags('Invitations and messages')
@Controller('v1/calendar-replies')
@Permit('messages:write')
export class CalendarRepliesController {
  constructor(
    private readonly replies: CalendarRepliesService,
    private readonly directory: DirectoryMatchesReader,
  ) {}

  /**
   * Takes in the answer that a calendar program sends when an invitee presses Yes, Maybe or No (RFC 5546 §3.2.3)
   *
   * As text/calendar, or as the whole mail that brought it (message/rfc822), from the mailbox of MAIL_FROM. It counts like
   * an answer at the link in the mail: ATTENDEE says whose it is, PARTSTAT what they answer, COMMENT becomes the note. The
   * answer given last counts (DTSTAMP), whatever order they come in; the same one twice does nothing more. One to an earlier
   * SEQUENCE counts as well: answers given before an event moved stand. What is read and cannot be used is 200 with the
   * reason; what is no answer of one attendee to one event is 422, a proposal of another time (COUNTER) too. Anybody can
   * send a mail in somebody's name: let the mail server check senders (DMARC) before it hands mails on. Whoever knows the id
   * of an event and the address of an invitee could set that one answer, as by a forwarded mail, and nothing else;
   * the audit trail shows it.
   */
  @Post()
  @HttpCode(200)
  @ApiConsumes(...REPLY_TYPES)
  @ApiBody({ schema: { type: 'string', example: EXAMPLE } })
  async take(@Body() body: unknown, @Headers('content-type') type = ''): Promise<CalendarReplyEffectDto> {
    const text = typeof body === 'string' ? body : '';
    const reply = calendarReply(/^message\//i.test(type) ? await calendarPart(text) : text);
    const holders = await this.directory.people([{ email: reply.email }]);
    return this.replies.take(
      reply,
      holders.map(({ id }) => id),
    );
  }
}
