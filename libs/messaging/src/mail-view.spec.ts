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
