import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { RegistrationsReader } from '#conferences';
import { Invalid } from '#faults';
import { AudienceReader } from '#members';
import { InvitationResponsesService, InvitationsReader, invitationsList, InvitationsService } from '#invitations';
import { DelegatesReader } from '#trade-missions';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import {
  InvitationDto,
  InvitationResponseDto,
  InvitationRoundDto,
  InviteDto,
  UpdateInvitationDto,
} from './invitation.dto.js';
import { presentInvitation, presentRound } from './messaging.presenter.js';

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
    private readonly delegates: DelegatesReader,
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

  /**
   * Invites an audience; nobody twice to one thing, nobody who asked not to be mailed
   *
   * Each person gets an invitation, a link and an answer of their own, also where two share an address. Whoever is left out
   * has a row in the ledger that says why, and is invited by a later round once that has changed.
   */
  @Post()
  @HttpCode(202)
  async invite(@Body() { about, recipients, respondBy, sendAt, ...rest }: InviteDto): Promise<InvitationRoundDto> {
    const { registered, ...audience } = recipients;
    const placed = registered ? await this.placedAt(about) : [];
    const people = await this.audience.people({ ...audience, personIds: [...(audience.personIds ?? []), ...placed] });
    const result = await this.invitations.invite({
      about,
      people,
      ...rest,
      ...(respondBy && { respondBy: new Date(respondBy) }),
      ...(sendAt && { sendAt: new Date(sendAt) }),
    });
    return presentRound(result);
  }

  /** Changes until when an answer is asked for; mails that wait say so, and reminders by rule move with it */
  @Patch(':id')
  @TakesIfMatch()
  async change(
    @Id() id: string,
    @Body() { respondBy }: UpdateInvitationDto,
    @IfMatch() version?: number,
  ): Promise<InvitationDto> {
    await this.invitations.change(
      id,
      { respondBy: typeof respondBy === 'string' ? new Date(respondBy) : respondBy },
      version,
    );
    return presentInvitation(await this.reader.get(id));
  }

  /**
   * Writes down an answer on somebody's behalf
   *
   * An invitation that still waits is not sent any more, nor is any nudge. `needs_action` takes an answer back that was none:
   * what it had stopped goes out after all, and a place that came of it is given back.
   */
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

  /**
   * Withdraws an invitation and its mails that have not gone out
   *
   * A place at the conference, or a part in the meeting, that came of accepting alone goes with it; what staff had given
   * stays. Whoever may have read the invitation is told.
   */
  @Post(':id/cancellation')
  @HttpCode(200)
  @TakesIfMatch()
  async cancel(@Id() id: string, @IfMatch() version?: number): Promise<InvitationDto> {
    await this.invitations.cancel(id, version);
    return presentInvitation(await this.reader.get(id));
  }

  /** Makes all links to the answer page invalid that were sent so far; the next mail carries a new one */
  @Post(':id/link-revocation')
  @HttpCode(200)
  @TakesIfMatch()
  async revokeLinks(@Id() id: string, @IfMatch() version?: number): Promise<InvitationDto> {
    await this.invitations.revokeLinks(id, version);
    return presentInvitation(await this.reader.get(id));
  }

  /** Nobody registers for a meeting: asking for its registered is a mistake, not an empty audience. */
  private async placedAt({ type, id }: InviteDto['about']): Promise<string[]> {
    if (type === 'conference' || type === 'session') return this.registrations.placedAt(id);
    if (type === 'trade_mission') return (await this.delegates.ofMission(id)).map(({ personId }) => personId);
    throw Invalid.field(
      '/recipients/registered',
      'not_registrable',
      `Nobody registers for a ${type.replace('_', ' ')}.`,
    );
  }
}
