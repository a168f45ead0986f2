import { type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { may, type Permission, PrincipalsReader } from '#access';
import type { Actor } from '#database';
import { Fault, Forbidden } from '#faults';

const PERMISSION = 'permission';
/** Metadata value of routes that need no sign-in. */
const PUBLIC = 'public';

/** What a caller must be allowed to do; `signed-in` asks for no more than that. */
export const Permit = (permission: Permission | 'signed-in') => SetMetadata(PERMISSION, permission);

/** Open to everybody. */
export const Public = () => SetMetadata(PERMISSION, PUBLIC);

/** What a handler demands, or undefined for a route somebody forgot to guard. */
export const permissionOf = (
  reflector: Reflector,
  handler: object,
  controller: object,
): Permission | 'signed-in' | 'public' | undefined =>
  reflector.getAllAndOverride(PERMISSION, [handler as () => void, controller as () => void]);

/** No valid token or API key. */
export class NotSignedIn extends Fault {
  constructor(detail = 'Send an access token or an API key: Authorization: Bearer …') {
    super('unauthenticated', 'not_signed_in', detail);
  }
}

export type AuthenticatedRequest = FastifyRequest & { user?: Actor };

const API_KEY = /^Bearer +(ck_[\w-]+)$/i;

/** Default-deny: who is it, and may they? Access tokens go through passport's JWT strategy, API keys are looked up by hash. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly principals: PrincipalsReader,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = permissionOf(this.reflector, context.getHandler(), context.getClass());
    if (needed === PUBLIC) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const actor = await this.authenticate(context, request);
    if (needed === 'signed-in') return true;
    if (!needed || !may(actor.role, needed)) throw new Forbidden();
    return true;
  }

  /** passport's verdict; it answers false for every token that is not valid. */
  override handleRequest<User>(error: Error | null, user: User | false): User {
    if (error) throw error;
    if (!user) throw new NotSignedIn();
    return user;
  }

  private async authenticate(context: ExecutionContext, request: AuthenticatedRequest): Promise<Actor> {
    const key = API_KEY.exec(request.headers.authorization ?? '')?.[1];
    if (key) request.user = await this.principals.apiKey(key);
    else await super.canActivate(context);
    if (!request.user) throw new NotSignedIn();
    return request.user;
  }
}
