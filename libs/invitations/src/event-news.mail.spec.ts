import type { RecordSummary } from '#records';
import { isConcerned, newsMail, type OutdatedRecipient } from './event-news.mail.js';

const NOW = new Date('2026-03-01T12:00:00Z');

const ABOUT: RecordSummary = {
  id: '0195f0a0-0000-7000-8000-000000000001',
  type: 'conference',
  title: 'Forum',
  startsAt: new Date('2026-03-10T14:00:00Z'),
  endsAt: new Date('2026-03-11T22:00:00Z'),
  timeZone: 'America/New_York',
  place: 'Hall',
  sequence: 4,
  datePrecision: null,
  exact: true,
  calledOff: false,
  archivedAt: null,
};

const ENTRY = { method: 'REQUEST', sequence: 2, partstat: 'TENTATIVE' } as const;

const RECIPIENT: OutdatedRecipient = {
  aboutId: ABOUT.id,
  who: 'p',
  news: 'event_moved',
  dedupeKey: 'event_moved:x:4:p',
  backOn: false,
  personId: 'p',
  userId: null,
  currentEmail: null,
  email: 'old@example.com',
  name: 'Leyla',
  locale: 'az',
  timeZone: null,
  told: {
    startsAt: '2026-03-09T14:00:00.000Z',
    endsAt: '2026-03-10T22:00:00.000Z',
    datePrecision: null,
    timeZone: 'America/New_York',
    place: 'Hall',
    calendar: ENTRY,
  },
  invitationId: null,
  invitation: null,
  withdrawn: false,
  sendAt: null,
};

const mail = (to: Partial<OutdatedRecipient> = {}, about: Partial<RecordSummary> = {}) =>
  newsMail({ ...ABOUT, ...about }, { ...RECIPIENT, ...to }, NOW);

describe('the mail about a change', () => {
  it('waits half a minute for the next change, and no longer than it waits already', () => {
    expect(mail().sendAt).toEqual(new Date('2026-03-01T12:00:30Z'));
    const sendAt = new Date('2026-03-01T12:00:05Z');
    expect(mail({ sendAt }).sendAt).toEqual(sendAt);
  });

  it('says the old time where the time is another, and the old place where that is', () => {
    expect(mail().data).toMatchObject({ wasStartsAt: '2026-03-09T14:00:00.000Z', wasTimeZone: 'America/New_York' });
    expect(mail().data).not.toHaveProperty('wasPlace');
    const elsewhere = mail({
      told: { startsAt: '2026-03-10T14:00:00.000Z', timeZone: 'America/New_York', place: 'Lobby' },
    });
    expect(elsewhere.data).toMatchObject({ wasPlace: 'Lobby' });
    expect(elsewhere.data).not.toHaveProperty('wasStartsAt');
  });

  it.each([
    ['their answer', { invitation: 'accepted' }, 'ACCEPTED'],
    ['what their entry says', {}, 'TENTATIVE'],
    ['that they come, whom nobody asked', { told: {} }, 'ACCEPTED'],
    ['that they are asked still', { invitation: 'needs_action', told: {} }, undefined],
  ] as const)('moves the entry with %s', (_what, to, partstat) => {
    expect(mail(to).calendar).toEqual({ method: 'REQUEST', sequence: 4, ...(partstat && { partstat }) });
  });

  it('takes an entry out that has no exact time any more, and gives none to those who had none', () => {
    expect(mail({}, { exact: false, datePrecision: 'month' }).calendar).toMatchObject({
      method: 'CANCEL',
      sequence: 4,
    });
    expect(mail({ told: {} }, { exact: false, datePrecision: 'month' }).calendar).toBeUndefined();
    expect(mail({ news: 'event_called_off', told: {} }).calendar).toBeUndefined();
    expect(mail({ waits: true, told: {} }).calendar).toBeUndefined();
  });

  it('that it was called off is sent although it was', () => {
    expect(mail({ news: 'event_called_off' })).toMatchObject({
      evenIfCalledOff: true,
      data: { calledOff: 'true' },
      calendar: { method: 'CANCEL' },
    });
  });

  it('goes to the address of today, if it is one', () => {
    expect(mail({ currentEmail: 'new@example.com' }).recipient.email).toBe('new@example.com');
    expect(mail({ currentEmail: 'Ministry of Economy' }).recipient.email).toBe('old@example.com');
  });
});

describe('a change concerns', () => {
  it.each([
    ['whoever takes part', { invitation: null, withdrawn: false }, true, true, true],
    ['nobody who gave up a place', { invitation: 'accepted', withdrawn: false }, false, true, false],
    ['whoever is invited and has not said no', { invitation: 'needs_action', withdrawn: false }, undefined, true, true],
    ['nobody who said no', { invitation: 'declined', withdrawn: false }, undefined, true, false],
    ['whoever said no but takes part', { invitation: 'declined', withdrawn: false }, true, true, true],
    ['nobody whose invitation was withdrawn', { invitation: 'accepted', withdrawn: true }, undefined, true, false],
    ['nobody who is not on the list', { invitation: null, withdrawn: false }, undefined, true, false],
    ['everybody where there is no list', { invitation: null, withdrawn: false }, undefined, false, true],
  ] as const)('%s', (_who, recipient, takesPart, listIsKept, expected) => {
    expect(isConcerned(recipient, takesPart, listIsKept)).toBe(expected);
  });
});
