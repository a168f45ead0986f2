import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LineageReader } from '#reports';
import { Permit } from '../http/access.guard.js';
import { Id } from '../http/parameters.js';
import { LineageDto } from './lineage.dto.js';
import { presentLineage } from './lineage.presenter.js';

@ApiTags('Deals')
@Controller('v1/deals/:id')
@Permit('records:read')
export class LineageController {
  constructor(private readonly lineages: LineageReader) {}

  /**
   * Which events led to a deal, and how we know: sessions, meetings, promises, agreements, instruments, stage changes, and each stored
   * fact that connects them
   *
   * It begins with what names the deal: its touchpoints, side meetings with its dealId or about it, its stage changes and instruments
   * with their evidence, its agreements, promises about it. Then come promises about those meetings and agreements, and whatever any
   * of these point at, up to conferences and missions. Nothing else is claimed: that two things were on one day is no edge.
   * Archived records are not there. What is restricted appears only where a fact that the caller may know leads to it.
   */
  @Get('lineage')
  async lineage(@Id() id: string): Promise<LineageDto> {
    return presentLineage(await this.lineages.of(id));
  }
}
