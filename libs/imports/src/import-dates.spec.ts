import { readDate } from './import-dates.js';

describe('a date in a file', () => {
  it.each(['2026-03-10', '2026-3-10', '2026-03-10T00:00:00Z', '2026-03-10 00:00', '2026.03.10', '2026/3/10'])(
    'is understood as written year first: %s',
    (text) => expect(readDate(text, 'mdy')).toEqual({ date: '2026-03-10' }),
  );

  it('tells day and month by the order given', () => {
    expect(readDate('03/04/2026', 'dmy')).toEqual({ date: '2026-04-03' });
    expect(readDate('03/04/2026', 'mdy')).toEqual({ date: '2026-03-04' });
    expect(readDate('3.4.2026', 'dmy')).toEqual({ date: '2026-04-03' });
  });

  it('is never guessed', () => {
    expect(readDate('03/04/2026')).toMatchObject({ code: 'ambiguous_date' });
    expect(readDate('03.04.2026')).toMatchObject({ code: 'ambiguous_date' });
    expect(readDate('03.04.2026', 'ymd')).toMatchObject({ code: 'ambiguous_date' });
  });

  it('is shown both ways where it could be two', () => {
    expect(readDate('3.04.2026')).toMatchObject({ message: expect.stringContaining('2026-04-03 or 2026-03-04') });
  });

  it('is no guess when one number cannot be a month, or both are the same', () => {
    expect(readDate('31.12.2026')).toEqual({ date: '2026-12-31' });
    expect(readDate('12/31/2026')).toEqual({ date: '2026-12-31' });
    expect(readDate('05/05/2026')).toEqual({ date: '2026-05-05' });
  });

  it('must exist, in the order given', () => {
    expect(readDate('2026-02-30')).toMatchObject({ code: 'no_such_day' });
    expect(readDate('29.02.2025')).toMatchObject({ code: 'no_such_day' });
    expect(readDate('29.02.2028')).toEqual({ date: '2028-02-29' });
    expect(readDate('31/12/2026', 'mdy')).toMatchObject({ code: 'no_such_day' });
    expect(readDate('2100-02-29')).toMatchObject({ code: 'no_such_day' });
  });

  it.each(['31 December', 'tomorrow', '26-03-10', '45000', ''])('is refused as %j', (text) => {
    expect(readDate(text)).toMatchObject({ code: 'bad_date' });
  });
});
