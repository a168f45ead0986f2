import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches, ValidateBy } from 'class-validator';
import { isCalendarDate } from '#database';

const FORM = /^\d{4}-\d\d-\d\d(T\d\d:\d\d[\d:.]{0,13}(Z|[+-]\d\d:\d\d))?$/;

/** When something happened, as far as it is known: an instant, or a date. What it means is read by the deals. */
export const PastMoment = () =>
  applyDecorators(
    Matches(FORM, {
      message: '$property must be an instant such as 2026-03-10T14:00:00Z or a date such as 2026-03-10',
    }),
    ValidateBy({
      name: 'calendarDate',
      validator: {
        validate: (value) => typeof value !== 'string' || isCalendarDate(value.slice(0, 10)),
        defaultMessage: () => '$property must be of a day that exists',
      },
    }),
    ApiProperty({ type: String }),
  );

/** Refuses a field that is changed in another way, and says in which. */
export const ChangedElsewhere = (message: string) =>
  applyDecorators(
    ValidateBy({ name: 'changedElsewhere', validator: { validate: () => false, defaultMessage: () => message } }),
    ApiProperty({ type: String, description: message, readOnly: true }),
  );
