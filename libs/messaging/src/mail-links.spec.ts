import { answerableUntil } from './mail-links.js';

describe('an answer', () => {
  const march = { startsAt: '2026-03-01T08:00:00.000Z', timeZone: 'Asia/Baku' };

  it('can be given until what it is about is over, as far as that is known', () => {
    const endsAt = '2026-03-02T08:00:00.000Z';
    expect(answerableUntil({ ...march, endsAt })).toEqual(new Date(endsAt));
    expect(answerableUntil({ ...march, endsAt: null })).toEqual(new Date(march.startsAt));
    expect(answerableUntil({ ...march, endsAt, datePrecision: 'month' })).toEqual(new Date('2026-03-31T20:00:00Z'));
    expect(answerableUntil({ ...march, datePrecision: 'year' })).toEqual(new Date('2026-12-31T20:00:00Z'));
  });

  it('can be given until it is due where the date is not known', () => {
    const respondBy = '2026-02-01T08:00:00.000Z';
    expect(answerableUntil({ startsAt: null, datePrecision: 'unknown', respondBy })).toEqual(new Date(respondBy));
  });
});
