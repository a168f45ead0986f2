import { Invalid } from '#faults';
import { reckoned, type TravelTimeTerms } from './travel-time.policy.js';

const WAY = { fromPlace: 'State Department', toPlace: 'Willard Hotel', duration: 'PT15M' };

const faultsOf = (terms: Partial<TravelTimeTerms>): string[] => {
  try {
    reckoned({ ...WAY, ...terms });
    return [];
  } catch (error) {
    if (error instanceof Invalid) return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
};

describe('a travel time', () => {
  it.each([
    ['PT0S', 0],
    ['PT15M', 900],
    ['PT1H30M', 5_400],
    ['PT0.5S', 1],
    ['P1D', 86_400],
  ])('of %s takes %d seconds', (duration, seconds) => {
    expect(reckoned({ ...WAY, duration }).seconds).toBe(seconds);
  });

  it.each(['P1DT1S', '-PT15M', 'P1W', 'P1M', 'P1Y', 'PT999999999999H'])('of %s is out of range', (duration) => {
    expect(faultsOf({ duration })).toEqual(['/duration out_of_range']);
  });

  it.each(['', 'soon', 'P', '15M', 'PT'])('of %j is none', (duration) => {
    expect(faultsOf({ duration })).toEqual(['/duration bad_duration']);
  });

  it('needs two places, however they are spelled, and says every fault at once', () => {
    expect(faultsOf({ fromPlace: 'Şəki', toPlace: 'SHAKI' })).toEqual(['/toPlace same_place']);
    expect(faultsOf({ fromPlace: '—', toPlace: '…', duration: 'P' })).toEqual([
      '/duration bad_duration',
      '/fromPlace bad_place',
      '/toPlace bad_place',
    ]);
  });
});
