import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { PrincipalsReader, SIGNING_SECRET, type SigningSecret, TOKEN_ALGORITHM, TOKEN_ISSUER } from '#access';
import type { Actor } from '#database';

/** Access tokens: one algorithm, one issuer, one audience; the user is looked up, so an ended account is out within seconds. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(SIGNING_SECRET) secret: SigningSecret,
    private readonly principals: PrincipalsReader,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // passport-jwt hands the key on to jsonwebtoken, which takes key objects; its types do not say so.
      secretOrKey: secret as unknown as Buffer,
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: 'api',
    });
  }

  /** What passport puts on the request; undefined refuses. */
  validate(claims: { sub: string }): Promise<Actor | undefined> {
    return this.principals.user(claims.sub);
  }
}
