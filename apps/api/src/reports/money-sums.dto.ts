/** Exact, so never a JSON number */
export class SumDto {
  /**
   * Decimal string with two places
   * @example '14000000.00'
   */
  amount: string;
  /**
   * ISO 4217
   * @example 'USD'
   */
  currency: string;
}

/** Everything that has a rate, in one currency; rounded half up, once, after all is added */
export class ConvertedSumDto extends SumDto {
  /** Currencies that occur and have no rate: what is worth so much in them is not in the amount */
  notConverted: string[];
}

/** Money added up by currency, never across */
export class MoneySumsDto {
  /** One entry per currency that occurs, by its code */
  byCurrency: SumDto[];
  /** With `currency`: by the rates of the request; null without */
  converted: ConvertedSumDto | null;
}
