import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { ReminderRulesReader, reminderRulesList, ReminderRulesService } from '#reminders';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateReminderRuleDto, ReminderRuleDto, UpdateReminderRuleDto } from './message.dto.js';
import { presentReminderRule } from './messaging.presenter.js';

@ApiTags('Invitations and messages')
@Controller('v1/reminder-rules')
@Permit('settings:write')
export class ReminderRulesController {
  constructor(
    private readonly rules: ReminderRulesService,
    private readonly reader: ReminderRulesReader,
  ) {}

  /** Lists the rules by which reminders are planned */
  @Get()
  @Permit('messages:read')
  @ApiList(ReminderRuleDto, reminderRulesList)
  async list(@ListQuery() request: ListRequest): Promise<Page<ReminderRuleDto>> {
    return presentPage(await this.reader.list(request), presentReminderRule);
  }

  /** One rule */
  @Get(':id')
  @Permit('messages:read')
  async get(@Id() id: string): Promise<ReminderRuleDto> {
    return presentReminderRule(await this.reader.get(id));
  }

  /** Adds a rule; what is ahead is planned by it too, in the background. A rule that says the same as another is refused (409) */
  @Post()
  @CreatesIn('/v1/reminder-rules')
  async create(@Body() body: CreateReminderRuleDto): Promise<ReminderRuleDto> {
    const { id } = await this.rules.create(body);
    return presentReminderRule(await this.reader.get(id));
  }

  /** Changes a rule, or switches it off: what it no longer wants is taken back at once, the rest is planned in the background */
  @Patch(':id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateReminderRuleDto,
    @IfMatch() version?: number,
  ): Promise<ReminderRuleDto> {
    await this.rules.update(id, body, version);
    return presentReminderRule(await this.reader.get(id));
  }

  /** Takes a rule away, and back what it has planned and not sent */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.rules.archive(id, version);
  }
}
