import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { RecordType } from '#records';
import { CommitmentsReader } from '#tasks';
import { Permit } from '../http/access.guard.js';
import { Id } from '../http/parameters.js';
import { EventCommitmentsDto, OpenCommitmentsDto } from './commitment.dto.js';
import { presentByParty, presentOpenSides } from './commitment.presenter.js';

/** What is open, by party and by event. */
@ApiTags('Tasks and commitments')
@Controller('v1')
@Permit('records:read')
export class OpenCommitmentsController {
  constructor(private readonly reader: CommitmentsReader) {}

  /** What an organization has promised and was promised, as far as it is open */
  @Get('organizations/:id/commitments')
  async organization(@Id() id: string): Promise<OpenCommitmentsDto> {
    return presentOpenSides(await this.reader.openOf('organization', id));
  }

  /** What a person has promised and was promised, as far as it is open */
  @Get('people/:id/commitments')
  async person(@Id() id: string): Promise<OpenCommitmentsDto> {
    return presentOpenSides(await this.reader.openOf('person', id));
  }

  /** What is open of what was promised about a conference, its sessions and the meetings about them, by party */
  @Get('conferences/:id/commitments')
  conference(@Id() id: string): Promise<EventCommitmentsDto> {
    return this.about('conference', id);
  }

  /** What is open of what was promised about a session and the meetings about it, by party */
  @Get('sessions/:id/commitments')
  session(@Id() id: string): Promise<EventCommitmentsDto> {
    return this.about('session', id);
  }

  /** What is open of what was promised about a trade mission and the meetings about it, by party */
  @Get('trade-missions/:id/commitments')
  mission(@Id() id: string): Promise<EventCommitmentsDto> {
    return this.about('trade_mission', id);
  }

  private async about(type: RecordType, id: string): Promise<EventCommitmentsDto> {
    return presentByParty(await this.reader.openAbout(type, id));
  }
}
