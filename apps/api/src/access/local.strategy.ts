import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { PrincipalsReader, SessionsService } from '#access';
import type { Actor } from '#database';
import { NotSignedIn } from '../http/access.guard.js';
import { validationPipe } from '../http/validation.js';
import { LoginDto } from './access.dto.js';

/** Address and password. Wrong ones throw BadCredentials, too many tries TooManyAttempts. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy, 'local') {
  constructor(
    private readonly sessions: SessionsService,
    private readonly principals: PrincipalsReader,
  ) {
    super({ usernameField: 'email', passReqToCallback: true });
  }

  async validate(request: FastifyRequest, email: string, password: string): Promise<Actor | undefined> {
    return this.principals.user(await this.sessions.authenticate(email, password, request.ip));
  }
}

/** Checks the body's form first, so that a missing field is 422 and not 401. */
@Injectable()
export class LocalGuard extends AuthGuard('local') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    await validationPipe().transform(body, { type: 'body', metatype: LoginDto });
    return (await super.canActivate(context)) as boolean;
  }

  override handleRequest<User>(error: Error | null, user: User | false): User {
    if (error) throw error;
    if (!user) throw new NotSignedIn('The e-mail address or the password is wrong.');
    return user;
  }
}
