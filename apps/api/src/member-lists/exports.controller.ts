import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Readable } from 'node:stream';
import type { ListRequest } from '#database';
import { DirectoryExports, membershipsExport, organizationsExport, peopleExport } from '#member-lists';
import { Permit } from '../http/access.guard.js';
import { csvFile } from '../http/csv-file.js';
import { ExportParameters, ExportQuery } from './export-query.js';

@ApiTags('Members')
@Controller('v1')
@Permit('records:read')
export class ExportsController {
  constructor(private readonly directory: DirectoryExports) {}

  /** All organizations as a CSV file, safe to open in a spreadsheet and importable again; filters, sort and q as in the list */
  @Get('organizations.csv')
  @ApiProduces('text/csv')
  @ExportParameters(organizationsExport)
  async organizations(@ExportQuery() request: ListRequest): Promise<StreamableFile> {
    return file('organizations', await this.directory.organizations(request));
  }

  /** All people as a CSV file, one row per person and title, the current preferred one first; importable again */
  @Get('people.csv')
  @ApiProduces('text/csv')
  @ExportParameters(peopleExport)
  async people(@ExportQuery() request: ListRequest): Promise<StreamableFile> {
    return file('people', await this.directory.people(request));
  }

  /** All memberships as a CSV file, cancelled ones too; importable again */
  @Get('memberships.csv')
  @ApiProduces('text/csv')
  @ExportParameters(membershipsExport)
  async memberships(@ExportQuery() request: ListRequest): Promise<StreamableFile> {
    return file('memberships', await this.directory.memberships(request));
  }
}

const file = (name: string, csv: Readable): StreamableFile =>
  csvFile(`${name}-${new Date().toISOString().slice(0, 10)}`, csv);
