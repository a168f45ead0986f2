import { Controller, Get, Header, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { PdfPrinter } from '#documents';
import { missionReportDocument, MissionReportReader } from '#mission-papers';
import { Permit } from '../http/access.guard.js';
import { HangUp, Id } from '../http/parameters.js';
import { pdfFile } from '../http/pdf-file.js';
import { MissionReportDto } from './mission-report.dto.js';
import { presentMissionReport } from './mission-report.presenter.js';

@ApiTags('Trade missions')
@Controller('v1/trade-missions/:id')
@Permit('records:read')
export class MissionReportController {
  constructor(
    private readonly reports: MissionReportReader,
    private readonly printer: PdfPrinter,
  ) {}

  /** What was planned and what happened: delegates, hosts, itinerary, meetings, requests met, promises, tasks, surveys */
  @Get('report')
  async report(@Id() id: string): Promise<MissionReportDto> {
    return presentMissionReport(await this.reports.get(id));
  }

  /** The same on paper */
  @Get('report.pdf')
  @Header('Cache-Control', 'private, no-cache')
  @ApiProduces('application/pdf')
  async paper(@Id() id: string, @HangUp() hangUp: AbortSignal): Promise<StreamableFile> {
    const document = missionReportDocument(await this.reports.get(id));
    return pdfFile(document.title, await this.printer.print(document, hangUp));
  }
}
