import { Body, Controller, Get, HttpCode, Patch, Post, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { RegistrationsReader, registrationsList, RegistrationsService } from '#conferences';
import type { ListRequest, Page } from '#database';
import { Permit } from '../http/access.guard.js';
import { csvFile } from '../http/csv-file.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { presentPlanned } from '../messaging/planned-message.presenter.js';
import { attendanceCsv } from './attendance.csv.js';
import {
  CheckInByCodeDto,
  CheckInDto,
  CreateRegistrationDto,
  NewRegistrationDto,
  RegistrationDto,
  UpdateRegistrationDto,
} from './registration.dto.js';
import { presentRegistration } from './registration.presenter.js';

@ApiTags('Conferences')
@Controller('v1')
@Permit('events:write')
export class RegistrationsController {
  constructor(
    private readonly registrations: RegistrationsService,
    private readonly reader: RegistrationsReader,
  ) {}

  /** Who comes to a conference, and who waits for a place, in the order they registered */
  @Get('conferences/:id/registrations')
  @Permit('records:read')
  @ApiList(RegistrationDto, registrationsList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<RegistrationDto>> {
    return presentPage(await this.reader.listOf(id, request), presentRegistration);
  }

  /** Everybody with a place, by name, and when they came, as a CSV file safe to open in a spreadsheet */
  @Get('conferences/:id/attendance.csv')
  @Permit('records:read')
  @ApiProduces('text/csv')
  async attendance(@Id() id: string): Promise<StreamableFile> {
    return csvFile(`attendance-${id}`, attendanceCsv(await this.reader.attendance(id)));
  }

  /** Registers somebody; status waitlisted when every place is taken. 409 already_registered names the one there is. They are told at once where they stand if the conference is announced */
  @Post('conferences/:id/registrations')
  @CreatesIn('/v1/registrations')
  async create(@Id() conferenceId: string, @Body() body: CreateRegistrationDto): Promise<NewRegistrationDto> {
    const { id, planned } = await this.registrations.register(conferenceId, body);
    return { ...presentRegistration(await this.reader.get(id)), plannedMessages: presentPlanned(planned) };
  }

  /** One registration */
  @Get('registrations/:id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<RegistrationDto> {
    return presentRegistration(await this.reader.get(id));
  }

  /** Changes for whom or as what somebody comes; the place in the line stays */
  @Patch('registrations/:id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateRegistrationDto,
    @IfMatch() version?: number,
  ): Promise<RegistrationDto> {
    await this.registrations.update(id, body, version);
    return presentRegistration(await this.reader.get(id));
  }

  /** Lets somebody in by the code of their confirmation; a second time answers alreadyCheckedIn: true */
  @Post('registrations/check-in')
  @HttpCode(200)
  async checkInByCode(@Body() { code }: CheckInByCodeDto): Promise<CheckInDto> {
    return this.admitted(await this.registrations.checkInByCode(code));
  }

  /** Lets somebody in; a second time answers alreadyCheckedIn: true and changes nothing */
  @Post('registrations/:id/check-in')
  @HttpCode(200)
  async checkIn(@Id() id: string): Promise<CheckInDto> {
    return this.admitted(await this.registrations.checkIn(id));
  }

  /** Gives a place back; the first in the line gets it. Safe to repeat */
  @Post('registrations/:id/cancellation')
  @HttpCode(200)
  async cancel(@Id() id: string): Promise<RegistrationDto> {
    await this.registrations.cancel(id);
    return this.get(id);
  }

  private async admitted({ id, alreadyCheckedIn }: { id: string; alreadyCheckedIn: boolean }): Promise<CheckInDto> {
    return { ...(await this.get(id)), alreadyCheckedIn };
  }
}
