import { PartialType } from '@nestjs/swagger';
import { IsBoolean, IsString, MaxLength, MinLength } from 'class-validator';
import { type Role, ROLES } from '#database';
import { Email, Instant, Line, Locale, Nullable, OneOf, Optional, TimeZone } from '../http/fields.js';

export class LoginDto {
  /**
   * Address of the user
   * @example 'admin@chamberlain.example'
   */
  @Email()
  email: string;

  /** Password, at most 200 characters */
  @IsString()
  @MaxLength(200)
  password: string;
}

export class RefreshDto {
  /** The refresh token of the last answer; works once */
  @IsString()
  @MaxLength(200)
  refreshToken: string;
}

export class TokensDto {
  /** Signed token for the Authorization header */
  accessToken: string;
  /** Buys the next pair, once, within 30 days */
  refreshToken: string;
  tokenType: 'Bearer';
  /** Seconds until the access token ends */
  expiresIn: number;
}

export class CreateUserDto {
  /** Address the user signs in with, unique */
  @Email()
  email: string;

  /** Name shown to others */
  @Line(200)
  name: string;

  /** admin may everything, manager all but users and queue, staff the daily work, viewer reads */
  @OneOf(ROLES)
  role: Role;

  /**
   * IANA zone of mails to this user
   * @example 'America/New_York'
   */
  @Optional()
  @TimeZone()
  timeZone?: string;

  /** Language of mails to this user (BCP 47) */
  @Optional()
  @Locale()
  locale?: string;

  /** Whether a digest of tasks is mailed at 08:00 where the user is, on days that ask for something; true unless given */
  @Optional()
  @IsBoolean()
  digest?: boolean;

  /** 10–200 characters; without one the user cannot sign in by password */
  @Optional()
  @IsString()
  @MinLength(10)
  @MaxLength(200)
  password?: string;
}

export class UpdateUserDto extends PartialType(CreateUserDto, { skipNullProperties: false }) {}

export class UserDto {
  id: string;
  /** Number of the current state, as in the ETag */
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  email: string;
  name: string;
  role: string;
  timeZone: string;
  locale: string;
  /** Whether a digest of tasks is mailed each morning that asks for something */
  digest: boolean;
}

export class CreateApiKeyDto {
  /** What the key is for */
  @Line(200)
  name: string;

  /** What the holder may do */
  @OneOf(ROLES)
  role: Role;

  /** Instant after which the key is refused (RFC 3339) */
  @Nullable()
  @Instant()
  expiresAt?: string | null;
}

export class ApiKeyDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  name: string;
  role: string;
  /** First characters of the key, to tell keys apart */
  prefix: string;
  expiresAt: string | null;
  createdBy: string | null;
  /** The key itself, in the answer that makes it and never again */
  key?: string;
}

export class MeDto {
  /** user or api_key */
  kind: string;
  id: string;
  name: string;
  role: string;
  /** Of users only */
  email?: string;
  timeZone?: string;
  locale?: string;
  digest?: boolean;
}

export class AuditEntryDto {
  id: string;
  /** When it happened */
  at: string;
  /** Who did it: {kind, id, name} */
  actor: object;
  /** Request the change came with */
  requestId: string | null;
  /** created, updated, archived, or the name of the step */
  action: string;
  /** What was changed: {type, id, title} */
  about: object;
  /** Changed fields as they were */
  before: object | null;
  /** Changed fields as they are since */
  after: object | null;
}
