import { createHash, createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import jwt from 'jsonwebtoken';

/** Seconds an access token lives. */
export const ACCESS_TOKEN_LIFE = 900;
/** Days a refresh token lives, counted anew at each refresh. */
export const REFRESH_TOKEN_DAYS = 30;

/** The one algorithm ever signed or accepted. */
export const TOKEN_ALGORITHM = 'HS256';
export const TOKEN_ISSUER = 'chamberlain';

/** Injection token of the key that signs: JWT_SECRET, or one made and kept in DATA_DIR. */
export const SIGNING_SECRET = Symbol('SigningSecret');

/** A key object: given text, jsonwebtoken would first try to read it as a public key, which costs more than all the rest. */
export type SigningSecret = KeyObject;

/**
 * Signs a token for one purpose (`audience`), such as `api` or `queues`. It says who, nothing else: role and state are
 * looked up at each use, so that a change takes effect within seconds.
 */
export function signToken(secret: SigningSecret, userId: string, audience: string, seconds: number): string {
  return jwt.sign({}, secret, {
    subject: userId,
    audience,
    issuer: TOKEN_ISSUER,
    algorithm: TOKEN_ALGORITHM,
    expiresIn: seconds,
  });
}

/** User id of a valid token for this purpose, else undefined. */
export function verifyToken(secret: SigningSecret, token: string, audience: string): string | undefined {
  const read = readToken(secret, token, audience);
  return read && !read.expired ? read.subject : undefined;
}

/** What a token for this purpose says, also one that has expired; undefined for all that we never signed. */
export function readToken(
  secret: SigningSecret,
  token: string,
  audience: string,
): { subject: string; expired: boolean } | undefined {
  try {
    const claims = jwt.verify(token, secret, {
      algorithms: [TOKEN_ALGORITHM],
      audience,
      issuer: TOKEN_ISSUER,
      ignoreExpiration: true,
    });
    if (typeof claims !== 'object' || typeof claims.sub !== 'string' || typeof claims.exp !== 'number')
      return undefined;
    return { subject: claims.sub, expired: claims.exp * 1000 <= Date.now() };
  } catch {
    // Forged or for another purpose: all the same to the caller.
    return undefined;
  }
}

/** 43 characters that only we can make, for one subject and purpose; the same every time, and for ever. */
export const lastingMark = (secret: SigningSecret, subject: string, purpose: string): string =>
  createHmac('sha256', secret).update(`${purpose}\n${subject}`).digest('base64url');

/** Whether this is that mark. */
export function isLastingMark(secret: SigningSecret, mark: string, subject: string, purpose: string): boolean {
  const [given, own] = [Buffer.from(mark), Buffer.from(lastingMark(secret, subject, purpose))];
  return given.length === own.length && timingSafeEqual(given, own);
}

/** 32 random bytes, readable by their prefix. */
export const randomToken = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** How random tokens are kept and looked up. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
