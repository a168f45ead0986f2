import { Controller, Get, Header, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Brief, briefDocument, type BriefOptions, type BriefRequest, BriefsReader } from '#briefs';
import { PdfPrinter } from '#documents';
import { Permit } from '../http/access.guard.js';
import { HangUp, Id } from '../http/parameters.js';
import { pdfFile } from '../http/pdf-file.js';
import { BriefQuery, TakesBriefQuery } from './brief-query.js';
import { OrganizationBriefDto, PersonBriefDto } from './brief.dto.js';
import { presentOrganizationBrief, presentPersonBrief } from './brief.presenter.js';

const PRIVATE = 'private, no-cache';
const PAPER_OF_ORGANIZATION = { of: 'organization', printed: true } as const;
const PAPER_OF_PERSON = { of: 'person', printed: true } as const;

/** What to know before meeting somebody, as far as the caller may know. */
@ApiTags('Members')
@Controller('v1')
@Permit('records:read')
export class BriefController {
  constructor(
    private readonly briefs: BriefsReader,
    private readonly printer: PdfPrinter,
  ) {}

  /** What to know before meeting an organization: who they are, last contact, meetings, promises both ways, deals, agreements, tasks, warnings */
  @Get('organizations/:id/brief')
  @TakesBriefQuery({ of: 'organization' })
  async organization(
    @Id() id: string,
    @BriefQuery({ of: 'organization' }) request: BriefRequest,
  ): Promise<OrganizationBriefDto> {
    return presentOrganizationBrief(await this.briefs.organization(id, request));
  }

  /** The same on paper */
  @Get('organizations/:id/brief.pdf')
  @Header('Cache-Control', PRIVATE)
  @ApiProduces('application/pdf')
  @TakesBriefQuery(PAPER_OF_ORGANIZATION)
  async organizationPaper(
    @Id() id: string,
    @BriefQuery(PAPER_OF_ORGANIZATION) request: BriefRequest & BriefOptions,
    @HangUp() hangUp: AbortSignal,
  ): Promise<StreamableFile> {
    return this.printed(await this.briefs.organization(id, request), request, hangUp);
  }

  /** What to know before meeting a person: sourced titles, last contact, meetings, promises both ways, deals, agreements, tasks, warnings */
  @Get('people/:id/brief')
  @TakesBriefQuery({ of: 'person' })
  async person(@Id() id: string, @BriefQuery({ of: 'person' }) request: BriefRequest): Promise<PersonBriefDto> {
    return presentPersonBrief(await this.briefs.person(id, request));
  }

  /** The same on paper */
  @Get('people/:id/brief.pdf')
  @Header('Cache-Control', PRIVATE)
  @ApiProduces('application/pdf')
  @TakesBriefQuery(PAPER_OF_PERSON)
  async personPaper(
    @Id() id: string,
    @BriefQuery(PAPER_OF_PERSON) request: BriefRequest & BriefOptions,
    @HangUp() hangUp: AbortSignal,
  ): Promise<StreamableFile> {
    return this.printed(await this.briefs.person(id, request), request, hangUp);
  }

  private async printed(brief: Brief, options: BriefOptions, hangUp: AbortSignal): Promise<StreamableFile> {
    const document = briefDocument(brief, options);
    return pdfFile(document.title, await this.printer.print(document, hangUp));
  }
}
