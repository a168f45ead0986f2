import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AuditEntriesReader, auditEntriesList } from '#audit';
import type { ListRequest, Page } from '#database';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { AuditEntryDto } from './access.dto.js';
import { presentAuditEntry } from './access.presenter.js';

@ApiTags('Access')
@Controller('v1/audit-entries')
export class AuditEntriesController {
  constructor(private readonly reader: AuditEntriesReader) {}

  /** Who changed what, newest first */
  @Get()
  @Permit('audit:read')
  @ApiList(AuditEntryDto, auditEntriesList)
  async list(@ListQuery() request: ListRequest): Promise<Page<AuditEntryDto>> {
    return presentPage(await this.reader.list(request), presentAuditEntry);
  }
}
