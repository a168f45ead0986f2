import { Inject, Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Database, Transactional } from '#database';
import { BadCredentials, BadRefreshToken } from './access.errors.js';
import { LoginThrottle } from './login-throttle.js';
import { verifyPassword } from './passwords.js';
import {
  ACCESS_TOKEN_LIFE,
  randomToken,
  REFRESH_TOKEN_DAYS,
  SIGNING_SECRET,
  type SigningSecret,
  signToken,
  tokenHash,
} from './tokens.js';

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  tokenType: 'Bearer';
  /** Seconds until the access token ends. */
  expiresIn: number;
}

interface SessionRow {
  id: string;
  familyId: string;
  userId: string;
  spent: boolean;
}

/** Signing in, staying in, going out. A refresh token works once; using it again ends its whole family. */
@Injectable()
export class SessionsService {
  constructor(
    readonly database: Database,
    private readonly throttle: LoginThrottle,
    @Inject(SIGNING_SECRET) private readonly secret: SigningSecret,
  ) {}

  /** Id of the user with this address and password. `client` is the caller's network address. Throws BadCredentials or TooManyAttempts. */
  async authenticate(email: string, password: string, client: string): Promise<string> {
    await this.throttle.count(email, client);
    const user = await this.database.queryOne<{ id: string; passwordHash: string | null }>(
      'SELECT id, password_hash AS "passwordHash" FROM users WHERE email = lower($1) AND archived_at IS NULL',
      [email],
    );
    if (!(await verifyPassword(user?.passwordHash, password)) || !user) throw new BadCredentials();
    await this.throttle.forgive(email, client);
    return user.id;
  }

  /** Opens a session for a user who proved who they are. */
  @Transactional()
  async open(userId: string): Promise<TokenPair> {
    return this.issue(userId, v7());
  }

  /** Trades a refresh token for a new pair. Throws BadRefreshToken; reuse also revokes every token of the family. */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const pair = await this.rotate(refreshToken);
    if (!pair) throw new BadRefreshToken();
    return pair;
  }

  /** Ends the family of this refresh token; unknown tokens are no error, the caller is out either way. */
  @Transactional()
  async close(refreshToken: string): Promise<void> {
    await this.database.query(
      `UPDATE sessions SET revoked_at = now() WHERE revoked_at IS NULL
       AND family_id IN (SELECT family_id FROM sessions WHERE token_hash = $1)`,
      [tokenHash(refreshToken)],
    );
  }

  /** The revocation must be committed, so a reused token answers undefined instead of throwing in here. */
  @Transactional()
  protected async rotate(refreshToken: string): Promise<TokenPair | undefined> {
    const session = await this.database.queryOne<SessionRow>(FIND_SESSION, [tokenHash(refreshToken)]);
    if (!session) return undefined;
    if (session.spent) {
      await this.close(refreshToken);
      return undefined;
    }
    await this.database.query('UPDATE sessions SET used_at = now() WHERE id = $1', [session.id]);
    return this.issue(session.userId, session.familyId);
  }

  private async issue(userId: string, familyId: string): Promise<TokenPair> {
    const refreshToken = randomToken('cr');
    await this.database.query(
      `INSERT INTO sessions (id, family_id, user_id, token_hash, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(days => $5))`,
      [v7(), familyId, userId, tokenHash(refreshToken), REFRESH_TOKEN_DAYS],
    );
    const accessToken = signToken(this.secret, userId, 'api', ACCESS_TOKEN_LIFE);
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_LIFE };
  }
}

/** Locked, so that of two uses at the same moment one is the reuse. Revoked and expired tokens count as spent. */
const FIND_SESSION = `
  SELECT s.id, s.family_id AS "familyId", s.user_id AS "userId",
         (s.used_at IS NOT NULL OR s.revoked_at IS NOT NULL OR s.expires_at < now() OR u.archived_at IS NOT NULL) AS spent
  FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 FOR UPDATE OF s`;
