import { IsISO4217CurrencyCode, Matches } from 'class-validator';

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
  @IsISO4217CurrencyCode({ message: 'currency must be an ISO 4217 code such as USD' })
  currency: string;
}
