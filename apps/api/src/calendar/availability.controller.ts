import { Controller, Get } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { type Availability, type AvailabilityQuestion, AvailabilityReader, localTimes } from '#calendar';
import { Permit } from '../http/access.guard.js';
import { instant } from '../http/format.js';
import { AvailabilityDto, type ResourceAvailabilityDto } from './availability.dto.js';
import { AvailabilityQuery } from './availability-query.js';

@ApiTags('Calendar')
@Controller('v1/availability')
@Permit('records:read')
export class AvailabilityController {
  constructor(private readonly reader: AvailabilityReader) {}

  /** When people and rooms are busy: sessions, meetings and itineraries in one calendar */
  @Get()
  @ApiQuery({ name: 'personIds', required: false, type: String, description: 'Ids with commas between them.' })
  @ApiQuery({ name: 'roomIds', required: false, type: String, description: 'Ids with commas between them.' })
  @ApiQuery({ name: 'from', type: String, description: 'Instant.', example: '2026-03-10T00:00:00Z' })
  @ApiQuery({ name: 'to', type: String, description: 'Instant, exclusive.', example: '2026-03-12T00:00:00Z' })
  async busy(@AvailabilityQuery() question: AvailabilityQuestion): Promise<AvailabilityDto> {
    return { data: (await this.reader.busy(question)).map(presentAvailability) };
  }
}

const presentAvailability = ({ resource, busy }: Availability): ResourceAvailabilityDto => ({
  resource,
  busy: busy.map(({ startsAt, endsAt, firm, about, place }) => ({
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
    localTimes: localTimes({ startsAt, endsAt }),
    firm,
    about,
    place,
  })),
});
