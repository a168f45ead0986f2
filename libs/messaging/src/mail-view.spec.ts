import { mailView } from './mail-view.js';

const meeting = {
  title: 'With EXIM',
  startsAt: '2026-03-10T14:00:00Z',
  endsAt: '2026-03-10T15:00:00Z',
  timeZone: 'America/New_York',
};
const view = (locale: string, timeZone: string, data: object = meeting) =>
  mailView({ data: { ...data }, recipientName: 'Leyla', locale, timeZone, extra: {} });

describe('the time in a mail', () => {
  it("is that of the event, with its zone, and the recipient's own where it differs", () => {
    const { when, whenYours } = view('en', 'Asia/Baku');
    expect(when).toMatch(/March 10, 2026.*10:00.*11:00.*\(America\/New_York, GMT-4\)/);
    expect(whenYours).toMatch(/March 10, 2026.*6:00.*7:00.*\(Asia\/Baku, GMT\+4\)/);
  });

  it('is given once where both clocks agree', () => {
    expect(view('en', 'America/Toronto').whenYours).toBeUndefined();
  });

  it('is in the language of the recipient', () => {
    expect(view('az', 'Asia/Baku').when).toContain('mart');
    expect(view('ru', 'Asia/Baku').when).toContain('марта');
  });

  it('has no slash between an Azerbaijani day and its time', () => {
    const { when, respondBy } = view('az', 'Asia/Baku', {
      ...meeting,
      endsAt: '2026-03-11T15:00:00Z',
      respondBy: meeting.startsAt,
    });
    expect(when?.slice(0, -'(America/New_York, GMT-4)'.length)).not.toContain('/');
    expect(respondBy?.slice(0, -'(Asia/Baku, GMT+4)'.length)).not.toContain('/');
  });

  it.each([
    ['day', 'Tuesday, March 10, 2026'],
    ['month', 'March 2026'],
    ['year', '2026'],
    ['window', 'March 10, 2026'],
  ])('says no more than is known of it: %s', (datePrecision, said) => {
    const { when, whenYours } = view('en', 'Asia/Baku', { ...meeting, datePrecision });
    expect([when, whenYours]).toEqual([said, undefined]);
  });

  it('ends a window that ends at midnight on the day before', () => {
    const days = { startsAt: '2026-03-09T04:00:00Z', endsAt: '2026-03-14T04:00:00Z', datePrecision: 'window' };
    const said = (data: object) =>
      String(view('en', 'Asia/Baku', { ...meeting, ...days, ...data }).when).replaceAll('\u2009', ' ');
    expect(said({})).toBe('March 9 – 13, 2026');
    expect(said({ endsAt: '2026-03-10T04:00:00Z' })).toBe('March 9, 2026');
  });

  it('that was said before is in the zone it was said in', () => {
    const { wasWhen } = view('en', 'UTC', {
      ...meeting,
      wasStartsAt: '2026-03-09T06:00:00Z',
      wasTimeZone: 'Asia/Baku',
    });
    expect(wasWhen).toMatch(/March 9, 2026.*10:00.*\(Asia\/Baku, GMT\+4\)/);
  });

  it('survives a zone and a language that do not exist', () => {
    expect(view('no such', 'Mars/Olympus', { ...meeting, timeZone: 'Nowhere' }).when).toContain('(UTC, GMT');
  });

  it('shows nothing that the message does not have', () => {
    expect(view('en', 'UTC', { title: 'x', place: null, secret: 'no' })).toEqual({
      title: 'x',
      recipientName: 'Leyla',
      timeZone: 'UTC',
    });
  });
});
