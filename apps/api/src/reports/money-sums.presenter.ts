import type { MoneySums } from '#reports';
import type { MoneySumsDto } from './money-sums.dto.js';

export const presentSums = ({ byCurrency, converted }: MoneySums): MoneySumsDto => ({
  byCurrency: byCurrency.map(({ amount, currency }) => ({ amount, currency })),
  converted: converted && {
    amount: converted.amount,
    currency: converted.currency,
    notConverted: converted.notConverted,
  },
});
