import { applyDecorators } from '@nestjs/common';
import { IsISO4217CurrencyCode, Matches } from 'class-validator';

/** ISO 4217, in upper case: sums are made by currency, and usd is none. */
const Currency = () =>
  applyDecorators(
    IsISO4217CurrencyCode({ message: 'currency must be an ISO 4217 code such as USD' }),
    Matches(/^[A-Z]{3}$/, { message: 'currency must be in upper case' }),
  );

/** An amount of money; exact, so never a JSON number. */
export class MoneyDto {
  /**
   * Decimal string, at most two places
   * @example '1500.00'
   */
  @Matches(/^\d{1,12}(\.\d{1,2})?$/, { message: 'amount must be a decimal string such as "1500.00"' })
  amount: string;

  /**
   * ISO 4217
   * @example 'USD'
   */
  @Currency()
  currency: string;
}

/** What a deal is worth, which may be more; exact, so never a JSON number. */
export class LargeMoneyDto {
  /**
   * Decimal string, at most fifteen digits and two places
   * @example '14000000.00'
   */
  @Matches(/^\d{1,15}(\.\d{1,2})?$/, {
    message: 'amount must be a decimal string of at most 15 digits and two places, such as "14000000.00"',
  })
  amount: string;

  /**
   * ISO 4217
   * @example 'USD'
   */
  @Currency()
  currency: string;
}
