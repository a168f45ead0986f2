/** Money as clients write it: exact, so never a number. */
export interface Money {
  /** Decimal string, at most two places. */
  amount: string;
  /** ISO 4217 */
  currency: string;
}

/** The columns that keep it; null clears both. */
export const moneyFields = (money: Money | null | undefined): { amount?: string | null; currency?: string | null } =>
  money === undefined ? {} : { amount: money && twoPlaces(money.amount), currency: money?.currency ?? null };

/** SQL of the answer. */
export const moneySql = (alias: string): string =>
  `CASE WHEN ${alias}.currency IS NOT NULL THEN jsonb_build_object('amount', ${alias}.amount::text, 'currency', ${alias}.currency) END`;

/** As PostgreSQL gives it back, so that the same amount written otherwise is no change. */
function twoPlaces(amount: string): string {
  const [whole = '', places = ''] = amount.split('.');
  return `${whole.replace(/^0+(?=\d)/, '')}.${places.padEnd(2, '0')}`;
}
