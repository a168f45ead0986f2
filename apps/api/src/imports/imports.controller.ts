import { Body, Controller, Get, HttpCode, Post, type StreamableFile, UseGuards } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, ApiProduces, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { errorsCsv, importRowsList, ImportsReader, importsList, ImportsService } from '#imports';
import { Permit } from '../http/access.guard.js';
import { csvFile } from '../http/csv-file.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateImportDto, ImportDto, ImportedRowDto, ImportOptionsDto } from './import.dto.js';
import { presentImport, presentImportedRow } from './import.presenter.js';
import { type Upload, UploadedCsv, UploadGuard } from './upload.guard.js';

const FORM = {
  type: 'object',
  required: ['file', 'options'],
  properties: {
    file: { type: 'string', format: 'binary', description: 'CSV, up to 1 GB' },
    options: { $ref: getSchemaPath(ImportOptionsDto) },
  },
};

@ApiTags('Imports')
@Controller('v1/imports')
@Permit('imports:run')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly reader: ImportsReader,
  ) {}

  /** Takes a CSV file in; a worker analyzes it, and writes nothing before /commit unless options say so */
  @Post()
  @HttpCode(202)
  @CreatesIn('/v1/imports')
  @UseGuards(UploadGuard)
  @ApiConsumes('multipart/form-data')
  @ApiExtraModels(ImportOptionsDto)
  @ApiBody({ schema: FORM })
  async create(@Body() { options }: CreateImportDto, @UploadedCsv() file: Upload): Promise<ImportDto> {
    return this.get(await this.imports.upload(file, { ...options }));
  }

  /** Lists imports, the latest first */
  @Get()
  @ApiList(ImportDto, importsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<ImportDto>> {
    return presentPage(await this.reader.list(request), presentImport);
  }

  /** How far an import is, and what it comes to */
  @Get(':id')
  async get(@Id() id: string): Promise<ImportDto> {
    return presentImport(await this.reader.get(id));
  }

  /** What becomes of each row, in the order of the file */
  @Get(':id/rows')
  @ApiList(ImportedRowDto, importRowsList)
  async rows(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<ImportedRowDto>> {
    return presentPage(await this.reader.rows(id, request), presentImportedRow);
  }

  /** The failed rows as they came, behind their number in `_row` and what is wrong in `_problems`; mend them and import the file */
  @Get(':id/errors.csv')
  @ApiProduces('text/csv')
  async errors(@Id() id: string): Promise<StreamableFile> {
    return csvFile(`import-${id}-errors`, await errorsCsv(this.reader, id));
  }

  /** Writes what the analysis planned; only a ready import can be committed */
  @Post(':id/commit')
  @HttpCode(202)
  async commit(@Id() id: string): Promise<ImportDto> {
    await this.imports.commit(id);
    return this.get(id);
  }

  /**
   * Takes back what an import has written: what it created goes, what it changed gets its former values. What people have
   * changed since stays, and so does what others need; the rows say which, filter[reversal]=kept lists them
   */
  @Post(':id/revert')
  @HttpCode(202)
  async revert(@Id() id: string): Promise<ImportDto> {
    await this.imports.revert(id);
    return this.get(id);
  }

  /**
   * Ends an import between two batches; rows up to committedThrough stay written, the counts tell them from the rest,
   * which count as skipped. A revert takes them back; it cannot itself be cancelled
   */
  @Post(':id/cancel')
  @HttpCode(200)
  async cancel(@Id() id: string): Promise<ImportDto> {
    await this.imports.cancel(id);
    return this.get(id);
  }
}
