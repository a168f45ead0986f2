import { schedule } from './briefing-schedule.js';
import type { BriefedEntry } from './briefing.js';

const HOME = ['America/New_York', 'Asia/Baku'];

const entry = (title: string, startsAt: string, fields: Partial<BriefedEntry> = {}): BriefedEntry => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(new Date(startsAt).getTime() + 3_600_000),
  ...{ title, kind: 'site_visit', timeZone: 'America/New_York', place: null, host: null, notes: null, people: null },
  ...fields,
});

/** Every text, from top to bottom. */
const texts = (content: unknown): string[] => {
  if (typeof content === 'string') return content ? [content] : [];
  if (Array.isArray(content)) return content.flatMap(texts);
  if (typeof content !== 'object' || content === null) return [];
  const { text, stack, table } = content as { text?: unknown; stack?: unknown; table?: { body: unknown } };
  return texts([text, stack, table?.body]);
};

describe('the schedule of a book', () => {
  it('goes by the days of the places, not of the instants', () => {
    const entries = [
      entry('Late dinner in Baku', '2037-03-09T20:30Z', { timeZone: 'Asia/Baku' }),
      entry('Afternoon in Washington', '2037-03-09T20:45Z'),
      entry('Morning in Washington', '2037-03-10T13:00Z'),
    ];
    const order = texts(schedule({ entries, homeTimeZones: HOME, copyOf: null }, 'en')).filter((text) =>
      /^(\w+day,|Morning|Afternoon|Late)/.test(text),
    );
    expect(order).toEqual([
      'Monday, March 9, 2037',
      'Afternoon in Washington',
      'Tuesday, March 10, 2037',
      'Late dinner in Baku',
      'Morning in Washington',
    ]);
  });

  it('tells the clocks of the place and those at home, once each', () => {
    const one = entry('Visit', '2037-03-09T20:30Z', { timeZone: 'America/Chicago' });
    const said = texts(schedule({ entries: [one], homeTimeZones: HOME, copyOf: null }, 'en'));
    expect(said).toEqual(
      expect.arrayContaining(['15:30–16:30', 'Chicago, GMT-5', 'Washington 16:30–17:30', 'Baku 00:30 +1–01:30 +1']),
    );
    const home = texts(
      schedule({ entries: [entry('Visit', '2037-03-09T20:30Z')], homeTimeZones: HOME, copyOf: null }, 'en'),
    );
    expect(home.filter((text) => text.includes('Washington'))).toEqual(['Washington, GMT-4']);
  });

  it('says who takes part, all or those named; a copy for one does not say “all”', () => {
    const entries = [
      entry('All go', '2037-03-09T13:00Z'),
      entry('Two go', '2037-03-09T14:00Z', { people: ['Ann', 'Bo'], kind: 'own_word' }),
    ];
    const book = texts(schedule({ entries, homeTimeZones: [], copyOf: null }, 'en'));
    expect(book).toEqual(expect.arrayContaining(['All delegates', 'Ann; Bo', 'own word']));
    expect(texts(schedule({ entries, homeTimeZones: [], copyOf: {} }, 'en'))).not.toContain('All delegates');
  });
});
