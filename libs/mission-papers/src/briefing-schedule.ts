import { kept, type PdfContent, type PdfLanguage, rows } from '#documents';
import type { BriefedEntry, Briefing } from './briefing.js';
import { ENTRY_KINDS, inWords } from './paper-labels.js';
import { clockSpan, dateAt, weekdayInWords, zoneCity, zoneOffset } from './paper-times.js';
import { section, small, subsection } from './paper-pieces.js';
import { WORDS } from './paper-words.js';

type View = Pick<Briefing, 'entries' | 'homeTimeZones'> & { copyOf: unknown };

/** What happens when and where, day by day of the places. */
export function schedule(briefing: View, language: PdfLanguage): PdfContent[] {
  const words = WORDS[language].book;
  if (briefing.entries.length === 0) return [section(words.schedule), words.noSchedule];
  return [
    section(words.schedule),
    small(words.nextDay),
    ...[...byDay(briefing.entries)].map(([date, entries]) => day(date, entries, briefing, language)),
  ];
}

function byDay(entries: BriefedEntry[]): Map<string, BriefedEntry[]> {
  const days = new Map<string, BriefedEntry[]>();
  for (const entry of entries) {
    const date = dateAt(entry.startsAt, entry.timeZone);
    days.set(date, [...(days.get(date) ?? []), entry]);
  }
  return new Map([...days].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The day’s name stays with its first lines. */
function day(date: string, entries: BriefedEntry[], briefing: View, language: PdfLanguage): PdfContent {
  const lines = entries.map((entry) => [
    when(entry, date, briefing.homeTimeZones, language),
    what(entry, briefing, language),
    entry.place ?? '',
  ]);
  const heading = subsection(weekdayInWords(date, language));
  return {
    stack: [
      kept(heading, rows(WIDTHS, [], lines.slice(0, 1))),
      ...(lines.length > 1 ? [rows(WIDTHS, [], lines.slice(1))] : []),
    ],
  };
}

const WIDTHS: [number, '*', number] = [118, '*', 130];

/** On the clocks of the place, and on those at home. */
function when(entry: BriefedEntry, date: string, homeTimeZones: string[], language: PdfLanguage): PdfContent {
  const { startsAt, endsAt, timeZone } = entry;
  return {
    stack: [
      { text: clockSpan(startsAt, endsAt, timeZone, date), bold: true },
      { text: `${zoneCity(timeZone, language)}, ${zoneOffset(startsAt, timeZone)}`, style: 'label' },
      ...homeTimeZones
        .filter((home) => home !== timeZone)
        .map((home) => ({
          text: `${zoneCity(home, language)} ${clockSpan(startsAt, endsAt, home, date)}`,
          style: 'label' as const,
        })),
    ],
  };
}

function what(entry: BriefedEntry, { copyOf }: View, language: PdfLanguage): PdfContent {
  const words = WORDS[language].book;
  const kind = inWords(ENTRY_KINDS, entry.kind, language);
  const who = entry.people?.join('; ') ?? (copyOf ? '' : words.all);
  return {
    stack: [
      { text: entry.title, bold: true },
      { text: [kind, entry.host].filter(Boolean).join(' · '), style: 'label' },
      ...[who, entry.notes].flatMap((text) => (text ? [small(text)] : [])),
    ],
  };
}
