import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type as TransformTo } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsIn,
  IsISO31661Alpha2,
  IsISO8601,
  IsNotEmpty,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isTimeZone } from '#calendar';
import { isCalendarDate } from '#database';

const INSTANT = '$property must be an instant such as 2026-03-10T14:00:00Z';

/** What a list of short texts may hold at most. */
const LIST_LIMIT = 100;

/** Everything below U+0020 except tab and line breaks, and DEL; NUL is refused earlier. */
const CONTROL = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Field rules that several DTOs share; each stands for one kind of value of the contract. */

/** Text without control characters; surrounding blanks are cut off, nothing but blanks is refused. */
export function Text(maxLength = 500) {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => trimmed(value)),
    IsString(),
    IsNotEmpty(),
    MaxLength(maxLength),
    NoControlCharacters(),
    ApiProperty({ minLength: 1, maxLength }),
  );
}

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

/** A text without control characters; what is no text is not its matter. */
export function NoControlCharacters(each = false) {
  const validate = (value: unknown) => typeof value !== 'string' || !CONTROL.test(value);
  return ValidateBy(
    { name: 'controlCharacters', validator: { validate, defaultMessage: () => '$property holds a control character' } },
    { each },
  );
}

/** A line of text that goes into mail headers and lists: no line breaks either. */
export function Line(maxLength = 300) {
  return applyDecorators(Text(maxLength), Matches(/^[^\r\n\t]*$/, { message: '$property must be one line' }));
}

/** A list of distinct lines; surrounding blanks are cut off each, nothing but blanks is refused. */
export function Lines(maxLength = 200, limit = LIST_LIMIT) {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(trimmed) : value)),
    IsArray(),
    ArrayMaxSize(limit),
    ArrayUnique(),
    IsString({ each: true }),
    IsNotEmpty({ each: true }),
    MaxLength(maxLength, { each: true }),
    Matches(/^[^\r\n\t]*$/, { each: true, message: 'each value in $property must be one line' }),
    NoControlCharacters(true),
  );
}

/** Absent is fine; null clears the field. */
export const Nullable = () => ValidateIf((_, value) => value !== undefined && value !== null);

/** Absent is fine, null is not. */
export const Optional = () => ValidateIf((_, value) => value !== undefined);

/** RFC 5321 address, at most 254 characters. */
export const Email = () =>
  applyDecorators(
    IsEmail({}, { message: '$property must be an e-mail address' }),
    MaxLength(254),
    ApiProperty({ format: 'email', maxLength: 254 }),
  );

/** ISO 3166-1 alpha-2, upper case; `each` for a list of them. */
export const Country = (each = false) =>
  applyDecorators(
    IsISO31661Alpha2({ each, message: '$property must be an ISO 3166-1 alpha-2 country code' }),
    Matches(/^[A-Z]{2}$/, { each, message: '$property must be in upper case' }),
  );

/** A day of a year outside these is a slip of the pen. */
const [FIRST_YEAR, LAST_YEAR] = [1800, 2199];

/** The year that a date begins with is one that somebody may mean: 1800 to 2199. What is no date is not its matter. */
export const LikelyYear = () =>
  ValidateBy({
    name: 'outOfRange',
    validator: {
      validate: (value) => isLikelyYear(value),
      defaultMessage: () => `$property must be of the years ${FIRST_YEAR} to ${LAST_YEAR}`,
    },
  });

/** Of the years 1800 to 2199, or no date. */
export function isLikelyYear(date: unknown): boolean {
  const year = typeof date === 'string' ? Number(date.slice(0, 4)) : NaN;
  return !(year < FIRST_YEAR || year > LAST_YEAR);
}

/** A day that exists, YYYY-MM-DD. */
export const CalendarDate = () =>
  applyDecorators(
    ValidateBy({
      name: 'calendarDate',
      validator: {
        validate: (value) => typeof value === 'string' && isCalendarDate(value),
        defaultMessage: () => '$property must be a date YYYY-MM-DD',
      },
    }),
    ApiProperty({ format: 'date' }),
  );

/** RFC 3339 instant: a day that exists, a time, and an offset. */
export const Instant = () =>
  applyDecorators(
    Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/, { message: INSTANT }),
    IsISO8601({ strict: true }, { message: INSTANT }),
    ApiProperty({ format: 'date-time' }),
  );

/** IANA zone such as Asia/Baku. */
export const TimeZone = () =>
  ValidateBy({
    name: 'timeZone',
    validator: {
      validate: (value) => typeof value === 'string' && isTimeZone(value),
      defaultMessage: () => '$property must be an IANA time zone such as Asia/Baku',
    },
  });

/** BCP 47 language tag such as az or az-Latn. */
export const Locale = () =>
  Matches(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, {
    message: '$property must be a language tag such as en, az or ru',
  });

const lowered = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

/** Id of something else, in either case (RFC 9562 §4). */
export const Reference = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => lowered(value)),
    IsUUID(undefined, { message: '$property must be a UUID' }),
    ApiProperty({ format: 'uuid' }),
  );

/** A list of distinct ids. */
export const References = (limit = 1000) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(lowered) : value)),
    IsArray(),
    ArrayMaxSize(limit),
    ArrayUnique(),
    IsUUID(undefined, { each: true, message: 'each value in $property must be a UUID' }),
  );

/** One of the words of the contract. */
export const OneOf = (values: readonly string[]) =>
  applyDecorators(
    IsIn(values, { message: `$property must be one of ${values.join(', ')}` }),
    ApiProperty({ enum: [...values] }),
  );

/** A list of distinct addresses. */
export const EmailList = () =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(20),
    ArrayUnique(),
    IsEmail({}, { each: true, message: 'each value in $property must be an e-mail address' }),
  );

/** A list of objects, each checked by its own DTO. */
export const Items = (type: () => Type, most: number) =>
  applyDecorators(IsArray(), ArrayMaxSize(most), ValidateNested({ each: true }), TransformTo(type));

/** One object, checked by its own DTO; a list is none. */
export const Nested = (type: () => Type) =>
  applyDecorators(
    ValidateBy({
      name: 'isObject',
      validator: {
        validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: () => '$property must be an object',
      },
    }),
    ValidateNested(),
    TransformTo(type),
  );

/** An object of short texts by name. */
export const TextMap = (most = 50) =>
  applyDecorators(
    ValidateBy({
      name: 'textMap',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          Object.keys(value).length <= most &&
          Object.values(value).every((text) => typeof text === 'string' && text.length <= 200),
        defaultMessage: () => '$property must be an object of texts',
      },
    }),
    ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }),
  );
