import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { RegistrationsReader } from '#conferences';
import { AudienceReader } from '#members';
import { InvitationResponsesService, InvitationsReader, invitationsList, InvitationsService } from '#invitations';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { InvitationDto, InvitationResponseDto, InvitationRoundDto, InviteDto } from './invitation.dto.js';
import { presentInvitation } from './messaging.presenter.js';

@ApiTags('Invitations and messages')
@Controller('v1/invitations')
@Permit('messages:write')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly responses: InvitationResponsesService,
    private readonly reader: InvitationsReader,
    private readonly audience: AudienceReader,
    private readonly registrations: RegistrationsReader,
  ) {}

  /** Lists invitations and their answers */
  @Get()
  @Permit('messages:read')
  @ApiList(InvitationDto, invitationsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<InvitationDto>> {
    return presentPage(await this.reader.list(request), presentInvitation);
  }

  /** One invitation */
  @Get(':id')
  @Permit('messages:read')
  async get(@Id() id: string): Promise<InvitationDto> {
    return presentInvitation(await this.reader.get(id));
  }

  /** Invites an audience; nobody twice to one thing, nobody who asked not to be mailed */
  @Post()
  @HttpCode(202)
  async invite(@Body() { about, recipients, respondBy, sendAt, ...rest }: InviteDto): Promise<InvitationRoundDto> {
    const { registered, ...audience } = recipients;
    const placed = registered ? await this.registrations.placedAt(about.id) : [];
    const people = await this.audience.people({ ...audience, personIds: [...(audience.personIds ?? []), ...placed] });
    return this.invitations.invite({
      about,
      people,
      ...rest,
      ...(respondBy && { respondBy: new Date(respondBy) }),
      ...(sendAt && { sendAt: new Date(sendAt) }),
    });
  }

  /** Writes down an answer on somebody's behalf */
  @Post(':id/response')
  @HttpCode(200)
  @TakesIfMatch()
  async respond(
    @Id() id: string,
    @Body() body: InvitationResponseDto,
    @IfMatch() version?: number,
  ): Promise<InvitationDto> {
    await this.responses.respond(id, body, version);
    return presentInvitation(await this.reader.get(id));
  }

  /** Withdraws an invitation and its mails that have not gone out */
  @Post(':id/cancellation')
  @HttpCode(200)
  @TakesIfMatch()
  async cancel(@Id() id: string, @IfMatch() version?: number): Promise<InvitationDto> {
    await this.invitations.cancel(id, version);
    return presentInvitation(await this.reader.get(id));
  }
}
