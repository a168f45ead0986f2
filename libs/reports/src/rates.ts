import type { Money } from '#deals';

/** What a user says money is worth in one currency; nothing here knows a rate by itself. */
export interface Rates {
  /** ISO 4217: what the others are converted to. */
  currency: string;
  /** Decimal string by currency: 1 of it is so many of `currency`. */
  byCurrency: Record<string, string>;
}

/** Money added up: never across currencies, unless somebody has given rates. */
export interface MoneySums {
  /** By currency, rounded half up to two places; those that occur, in the order of their codes. */
  byCurrency: Money[];
  /** All that have a rate, in one currency, rounded half up to two places after everything is added; null without rates. */
  converted: (Money & { notConverted: string[] }) | null;
}

/** How `sumsSql` and `sumsOfSql` take the rates: bind it, and hand them its `$1`. */
export const ratesParameter = (rates: Rates | undefined): string | null =>
  rates === undefined
    ? null
    : JSON.stringify({ currency: rates.currency, rates: { ...rates.byCurrency, [rates.currency]: '1' } });

/** SQL of MoneySums: an aggregate over rows that hold the exact sum of one currency each; rows without a currency are left out. */
export function sumsSql(currency: string, amount: string, rates: string): string {
  const rate = `(${rates}::jsonb -> 'rates' ->> ${currency})::numeric`;
  const text = (sum: string): string => `round(coalesce(${sum}, 0), 2)::text`;
  return `jsonb_build_object(
    'byCurrency', coalesce(jsonb_agg(jsonb_build_object('amount', ${text(amount)}, 'currency', ${currency}) ORDER BY ${currency})
      FILTER (WHERE ${currency} IS NOT NULL), '[]'),
    'converted', CASE WHEN ${rates}::jsonb IS NOT NULL THEN jsonb_build_object(
      'amount', ${text(`sum(${amount} * ${rate})`)}, 'currency', ${rates}::jsonb ->> 'currency',
      'notConverted', coalesce(jsonb_agg(${currency} ORDER BY ${currency})
        FILTER (WHERE ${currency} IS NOT NULL AND ${rate} IS NULL), '[]')) END)`;
}

/** SQL of the same from any rows with columns `currency` and `amount`: a subquery of one value. */
export const sumsOfSql = (rows: string, rates: string): string => `
  (SELECT ${sumsSql('c.currency', 'c.amount', rates)} FROM (SELECT r.currency, sum(r.amount) AS amount
    FROM (${rows}) AS r GROUP BY r.currency) AS c)`;
