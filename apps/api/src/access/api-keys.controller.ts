import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiKeysReader, apiKeysList, ApiKeysService } from '#access';
import type { ListRequest, Page } from '#database';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ShownOnce } from '../http/idempotency.interceptor.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { ApiKeyDto, CreateApiKeyDto } from './access.dto.js';
import { presentApiKey } from './access.presenter.js';

@ApiTags('Access')
@Controller('v1/api-keys')
@Permit('users:manage')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly reader: ApiKeysReader,
  ) {}

  /** Lists API keys, without the keys themselves */
  @Get()
  @ApiList(ApiKeyDto, apiKeysList)
  async list(@ListQuery() request: ListRequest): Promise<Page<ApiKeyDto>> {
    return presentPage(await this.reader.list(request), presentApiKey);
  }

  /** One API key, without the key itself */
  @Get(':id')
  async get(@Id() id: string): Promise<ApiKeyDto> {
    return presentApiKey(await this.reader.get(id));
  }

  /** Makes a key; this answer is the only place it is ever shown */
  @Post()
  @CreatesIn('/v1/api-keys')
  @ShownOnce('key')
  async create(@Body() { expiresAt, ...body }: CreateApiKeyDto): Promise<ApiKeyDto> {
    const { id, key } = await this.keys.create({ ...body, ...(expiresAt && { expiresAt: new Date(expiresAt) }) });
    return { ...presentApiKey(await this.reader.get(id)), key };
  }

  /** Ends a key within seconds */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.keys.archive(id, version);
  }
}
