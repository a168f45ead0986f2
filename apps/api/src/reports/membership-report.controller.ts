import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { MembershipReportReader, type MembershipReportRequest } from '#members';
import { Permit } from '../http/access.guard.js';
import { csvFile } from '../http/csv-file.js';
import { svgFile } from './chart.js';
import { membershipReportSvg } from './membership-report.chart.js';
import { MembershipReportDto } from './membership-report.dto.js';
import { membershipReportCsv, presentMembershipReport } from './membership-report.presenter.js';
import { MembershipReportQuery, TakesMembershipReportQuery } from './membership-report-query.js';

@ApiTags('Reports')
@Controller('v1/reports')
@Permit('records:read')
export class MembershipReportController {
  constructor(private readonly memberships: MembershipReportReader) {}

  /** How memberships came and went, by tier and month: active, new, renewed, lapsed, cancelled, renewal rate, dues */
  @Get('memberships')
  @TakesMembershipReportQuery()
  async report(@MembershipReportQuery() request: MembershipReportRequest): Promise<MembershipReportDto> {
    return presentMembershipReport(await this.memberships.report(request));
  }

  /** The same as a table for a spreadsheet: a line per tier and month, without totals */
  @Get('memberships.csv')
  @TakesMembershipReportQuery()
  @ApiProduces('text/csv')
  async table(@MembershipReportQuery() request: MembershipReportRequest): Promise<StreamableFile> {
    const report = await this.memberships.report(request);
    return csvFile(`memberships-${report.from}-${report.to}`, Buffer.from(membershipReportCsv(report)));
  }

  /** The same as a chart: active members by tier, and the renewal rate of all tiers together */
  @Get('memberships.svg')
  @TakesMembershipReportQuery()
  @ApiProduces('image/svg+xml')
  async chart(@MembershipReportQuery() request: MembershipReportRequest): Promise<StreamableFile> {
    return svgFile(await membershipReportSvg(await this.memberships.report(request)));
  }
}
