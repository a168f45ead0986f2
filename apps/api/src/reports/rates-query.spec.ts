import { BadListRequest } from '#database';
import { demandQuery } from '../http/query-parameters.js';
import { RATE_PARAMETERS, ratesOf } from './rates-query.js';

const read = (text: string) => {
  const query = Object.fromEntries(new URLSearchParams(text));
  demandQuery(query, RATE_PARAMETERS);
  return ratesOf(query);
};
const codes = (text: string) => {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof BadListRequest)
      return error.errors.map(({ parameter, code }) => `${String(parameter)} ${code}`);
    throw error;
  }
};

describe('the rates of a query', () => {
  it('are exact, and said by whoever asks', () => {
    expect(read('')).toBeUndefined();
    expect(read('currency=USD')).toEqual({ currency: 'USD', byCurrency: {} });
    const byCurrency = { AZN: '0.588235294118', EUR: '1.08' };
    expect(read('currency=USD&rates=AZN:0.588235294118,EUR:1.08')).toEqual({ currency: 'USD', byCurrency });
  });

  it.each([
    ['currency=usd', ['currency bad_value']],
    ['currency=XYZ', ['currency bad_value']],
    ['currency=', ['currency bad_value']],
    ['rates=AZN:0.5', ['rates needs_currency']],
    ['currency=USD&rates=', ['rates bad_value']],
    ['currency=USD&rates=AZN', ['rates bad_value']],
    ['currency=USD&rates=AZN:', ['rates bad_value']],
    ['currency=USD&rates=AZN:-1', ['rates bad_value']],
    ['currency=USD&rates=AZN:1e3', ['rates bad_value']],
    ['currency=USD&rates=AZN:.5', ['rates bad_value']],
    ['currency=USD&rates=AZN:1234567890', ['rates bad_value']],
    ['currency=USD&rates=AZN:0.5882,', ['rates bad_value']],
    ['currency=USD&rates=AZN:0', ['rates bad_value']],
    ['currency=USD&rates=AZN:0.00,azn:1', ['rates bad_value', 'rates unknown_currency']],
    ['currency=USD&rates=AZN:1,AZN:1', ['rates repeated_rate']],
    ['currency=USD&rates=USD:1', ['rates own_rate']],
    ['currency=USD&rates=__proto__:1', ['rates unknown_currency']],
    ['valuta=USD', ['valuta unknown_parameter']],
    ['constructor=1', ['constructor unknown_parameter']],
  ])('are refused as ?%s', (query, expected) => {
    expect(codes(query)).toEqual(expected);
  });
});
