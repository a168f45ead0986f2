import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { BadListRequest, type ListRequest, type Page } from '#database';
import { MessagesReader, messagesList, MessagesService } from '#messaging';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, isUuid } from '../http/parameters.js';
import { ExplanationsDto, MailPreviewDto, MessageCountsDto, MessageDto } from './message.dto.js';
import { presentExplanation, presentMessage } from './messaging.presenter.js';

@ApiTags('Invitations and messages')
@Controller('v1/messages')
@Permit('messages:read')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly reader: MessagesReader,
  ) {}

  /** Lists the ledger: every mail, sent, planned or not sent */
  @Get()
  @ApiList(MessageDto, messagesList)
  async list(@ListQuery() request: ListRequest): Promise<Page<MessageDto>> {
    return presentPage(await this.reader.list(request), presentMessage);
  }

  /** How many messages are where; the total is always the sum of the ends and what is still due */
  @Get('counts')
  @ApiQuery({ name: 'aboutId', required: false, format: 'uuid' })
  @ApiQuery({ name: 'batchId', required: false, format: 'uuid' })
  counts(@Query() query: Record<string, unknown>): Promise<MessageCountsDto> {
    return this.reader.counts(ids(query, ['aboutId', 'batchId']));
  }

  /** Why each message about something to somebody was or was not sent, in words and codes */
  @Get('explanation')
  @ApiQuery({ name: 'aboutId', format: 'uuid', description: 'Record the messages are about' })
  @ApiQuery({ name: 'personId', format: 'uuid', description: 'Recipient: a person, or a user of this system' })
  async explanation(@Query() query: Record<string, unknown>): Promise<ExplanationsDto> {
    const { aboutId, personId } = ids(query, ['aboutId', 'personId']);
    if (!aboutId || !personId)
      throw BadListRequest.parameter(
        aboutId ? 'personId' : 'aboutId',
        'missing_parameter',
        'Give aboutId and personId.',
      );
    const { data, summary } = await this.reader.explanation(aboutId, personId);
    return { data: data.map(presentExplanation), summary };
  }

  /** One message */
  @Get(':id')
  async get(@Id() id: string): Promise<MessageDto> {
    return presentMessage(await this.reader.get(id));
  }

  /** The mail as it would go out now, with links that lead nowhere */
  @Get(':id/preview')
  preview(@Id() id: string): Promise<MailPreviewDto> {
    return this.reader.preview(id);
  }

  /** Keeps a planned message from going out */
  @Post(':id/cancellation')
  @HttpCode(200)
  @Permit('messages:write')
  async cancel(@Id() id: string): Promise<MessageDto> {
    await this.messages.cancel(id);
    return presentMessage(await this.reader.get(id));
  }

  /** Sends again what failed, was cancelled, may not have gone out, or was suppressed by an address that is off the list again */
  @Post(':id/resend')
  @HttpCode(200)
  @Permit('messages:write')
  async resend(@Id() id: string): Promise<MessageDto> {
    await this.messages.resend(id);
    return presentMessage(await this.reader.get(id));
  }
}

/** Query parameters that are ids, and no others. */
function ids<Name extends string>(query: Record<string, unknown>, allowed: Name[]): Partial<Record<Name, string>> {
  for (const [name, value] of Object.entries(query)) {
    if (!allowed.includes(name as Name))
      throw BadListRequest.parameter(
        name,
        'unknown_parameter',
        `"${name}" is no parameter here; allowed: ${allowed.join(', ')}.`,
      );
    if (!isUuid(value)) throw BadListRequest.parameter(name, 'bad_value', `${name} takes a UUID.`);
  }
  return query as Partial<Record<Name, string>>;
}
