import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { TemplatesReader, templatesList, TemplatesService } from '#messaging';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import {
  CreateTemplateDto,
  MailPreviewDto,
  PreviewTemplateDto,
  TemplateDto,
  UpdateTemplateDto,
} from './message.dto.js';
import { presentTemplate } from './messaging.presenter.js';

@ApiTags('Invitations and messages')
@Controller('v1/templates')
@Permit('settings:write')
export class TemplatesController {
  constructor(
    private readonly templates: TemplatesService,
    private readonly reader: TemplatesReader,
  ) {}

  /** Lists what mails say, per key and language */
  @Get()
  @Permit('messages:read')
  @ApiList(TemplateDto, templatesList)
  async list(@ListQuery() request: ListRequest): Promise<Page<TemplateDto>> {
    return presentPage(await this.reader.list(request), presentTemplate);
  }

  /** One template */
  @Get(':id')
  @Permit('messages:read')
  async get(@Id() id: string): Promise<TemplateDto> {
    return presentTemplate(await this.reader.get(id));
  }

  /** Saves a template in place of the house's own text; a broken one is 422 */
  @Post()
  @CreatesIn('/v1/templates')
  async create(@Body() body: CreateTemplateDto): Promise<TemplateDto> {
    const { id } = await this.templates.create(body);
    return presentTemplate(await this.reader.get(id));
  }

  /** Changes a template; a broken one is 422 and the old one stays */
  @Patch(':id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateTemplateDto, @IfMatch() version?: number): Promise<TemplateDto> {
    await this.templates.update(id, body, version);
    return presentTemplate(await this.reader.get(id));
  }

  /** Shows what a template makes of data, saved or not; a broken one is 422 */
  @Post(':key/preview')
  @HttpCode(200)
  @Permit('messages:read')
  preview(@Param('key') key: string, @Body() body: PreviewTemplateDto): Promise<MailPreviewDto> {
    return this.templates.preview({ key, ...body });
  }

  /** Takes a template away; the house's own text comes back where there is one */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.templates.archive(id, version);
  }
}
