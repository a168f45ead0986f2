import { Body, Controller, Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { SessionsService, UsersReader } from '#access';
import { type AuthenticatedRequest, NotSignedIn, Permit, Public } from '../http/access.guard.js';
import { LoginDto, MeDto, RefreshDto, TokensDto } from './access.dto.js';
import { LocalGuard } from './local.strategy.js';

@ApiTags('Access')
@Controller('v1')
export class AuthController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersReader,
  ) {}

  /** Signs in; wrong address and wrong password look the same, repeated failures must wait */
  @Post('auth/login')
  @Public()
  @UseGuards(LocalGuard)
  @ApiBody({ type: LoginDto })
  @HttpCode(200)
  login(@Req() { user }: AuthenticatedRequest): Promise<TokensDto> {
    if (!user?.id) throw new NotSignedIn();
    return this.sessions.open(user.id);
  }

  /** Trades a refresh token for a new pair; a token used twice ends the whole sign-in */
  @Post('auth/refresh')
  @Public()
  @HttpCode(200)
  refresh(@Body() { refreshToken }: RefreshDto): Promise<TokensDto> {
    return this.sessions.refresh(refreshToken);
  }

  /** Ends the sign-in this refresh token belongs to */
  @Post('auth/logout')
  @Public()
  @HttpCode(204)
  logout(@Body() { refreshToken }: RefreshDto): Promise<void> {
    return this.sessions.close(refreshToken);
  }

  /** Who the token or key belongs to */
  @Get('me')
  @Permit('signed-in')
  async me(@Req() { user }: AuthenticatedRequest): Promise<MeDto> {
    if (!user?.id) throw new NotSignedIn();
    const { kind, id, name, role } = user;
    if (kind !== 'user') return { kind, id, name, role };
    const { email, timeZone, locale, digest } = await this.users.get(id);
    return { kind, id, name, role, email, timeZone, locale, digest };
  }
}
