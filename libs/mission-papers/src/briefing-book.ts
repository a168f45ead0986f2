import { kept, type Paper, type PdfContent, type PdfDocument, type PdfLanguage, rows } from '#documents';
import { hostProfiles, sectorInWords } from './briefing-hosts.js';
import { whoIsWho } from './briefing-people.js';
import { schedule } from './briefing-schedule.js';
import type { BriefedCommitment, BriefedDelegate, Briefing } from './briefing.js';
import { countryInWords } from './paper-labels.js';
import { facts, section, small, subsection } from './paper-pieces.js';
import { dayInWords, daysInWords, momentInWords, zoneCity, zoneOffset } from './paper-times.js';
import { WORDS } from './paper-words.js';

export interface BookOptions {
  /** Of headings; what is stored stays as it is. Default: en. */
  language?: PdfLanguage;
  paper?: Paper;
}

/** The book a delegation travels with: schedule, who is who, hosts, open commitments, practical notes. */
export function briefingBook(briefing: Briefing, { language = 'en', paper }: BookOptions): PdfDocument {
  const { mission, copyOf, sender, madeAt } = briefing;
  const title = `${WORDS[language].book.title}: ${[mission.name, copyOf?.fullName].filter(Boolean).join(' – ')}`;
  return {
    ...{ title, language, paper, cover: true, author: sender.name, headerText: title, footerText: sender.name },
    madeAt: madeAt.toISOString(),
    content: [
      ...cover(briefing, language),
      {
        toc: { title: { text: WORDS[language].book.contents, style: 'heading' } },
        pageBreak: 'before',
      },
      ...schedule(briefing, language),
      ...whoIsWho(briefing, language),
      ...hostProfiles(briefing, language),
      ...commitments(briefing.commitments, language),
      ...practicalNotes(briefing, language),
    ],
  };
}

function cover(briefing: Briefing, language: PdfLanguage): PdfContent[] {
  const { mission, copyOf, sender, madeAt, sectors } = briefing;
  const words = WORDS[language];
  return [
    { text: sender.name, bold: true, fontSize: 12, margin: [0, 0, 0, 130] },
    { text: words.book.title, style: 'subtitle' },
    { text: mission.name, style: 'title', margin: [0, 4, 0, 8] },
    { text: daysInWords(mission.startsOn, mission.endsOn, language), style: 'subtitle' },
    ...(copyOf ? [{ text: words.book.copyOf(copyOf.fullName), bold: true, fontSize: 12, margin: ABOVE }] : []),
    { text: '', margin: ABOVE },
    ...facts([
      [words.hostCountry, countryInWords(mission.hostCountry, language)],
      [words.sponsor, mission.sponsor?.name],
      [words.book.sectors, mission.sectors.map((code) => sectorInWords(code, sectors, language)).join(', ')],
      [words.purpose, mission.objectives],
      [words.book.contact, mission.owner?.name],
    ]),
    { text: words.book.asOf(momentInWords(madeAt, mission.timeZone, language)), style: 'label', margin: ABOVE },
  ];
}

const ABOVE: [number, number, number, number] = [0, 24, 0, 0];

function commitments(list: BriefedCommitment[], language: PdfLanguage): PdfContent[] {
  const words = WORDS[language].book;
  if (list.length === 0) return [kept(section(words.commitments, false), words.noCommitments)];
  const heads = [words.promise, words.promisedBy, words.promisedTo, words.due];
  return [
    section(words.commitments),
    rows(
      ['*', 110, 110, 92],
      heads,
      list.map((promise) => [
        {
          stack: [
            promise.action,
            ...(promise.source ? [{ text: words.source(promise.source), style: 'label' as const }] : []),
          ],
        },
        promise.owedBy,
        promise.owedTo,
        dueInWords(promise, language),
      ]),
    ),
  ];
}

function dueInWords({ dueFrom, dueTo }: BriefedCommitment, language: PdfLanguage): string {
  if (dueFrom && dueTo && dueFrom !== dueTo) return daysInWords(dueFrom, dueTo, language);
  const day = dueTo ?? dueFrom;
  return day ? dayInWords(day, language) : '–';
}

function practicalNotes(briefing: Briefing, language: PdfLanguage): PdfContent[] {
  const words = WORDS[language].book;
  return [
    kept(section(words.practical, false), ...clocks(briefing, language)),
    ...stays(briefing, language),
    // What somebody eats is between them and who looks after them.
    ...(briefing.copyOf ? [] : dietary(briefing.delegates, language)),
  ];
}

/** How far the clocks of all places are from UTC while the mission lasts. */
function clocks({ mission, entries, homeTimeZones }: Briefing, language: PdfLanguage): PdfContent[] {
  const zones = [...new Set([...homeTimeZones, mission.timeZone, ...entries.map(({ timeZone }) => timeZone)])];
  const then = new Date(`${mission.startsOn}T12:00:00Z`);
  return [
    subsection(WORDS[language].book.times),
    ...facts(zones.map((zone) => [zoneCity(zone, language), `${zoneOffset(then, zone)} (${zone})`])),
  ];
}

function stays({ copyOf, delegates, mission }: Briefing, language: PdfLanguage): PdfContent[] {
  const words = WORDS[language];
  const known = (copyOf ? [copyOf] : delegates).filter(({ arrivesAt, departsAt }) => arrivesAt ?? departsAt);
  if (known.length === 0) return [];
  const at = (instant: Date | null): string => (instant ? momentInWords(instant, mission.timeZone, language) : '–');
  const zone = `${zoneCity(mission.timeZone, language)}, ${mission.timeZone}`;
  return [
    kept(subsection(words.book.stays), small(zone)),
    rows(
      ['*', 130, 130],
      [words.book.name, words.arrival, words.departure],
      known.map(({ fullName, arrivesAt, departsAt }) => [fullName, at(arrivesAt), at(departsAt)]),
    ),
  ];
}

/** How many want what; those who want the same in other words stand apart. */
function dietary(delegates: BriefedDelegate[], language: PdfLanguage): PdfContent[] {
  const words = WORDS[language].book;
  const needs = new Map<string, string[]>();
  for (const need of delegates.flatMap((delegate) => delegate.dietary?.trim() || []))
    needs.set(need.toLowerCase(), [...(needs.get(need.toLowerCase()) ?? []), need]);
  const lines = [...needs.values()].sort((a, b) => b.length - a.length).map((same) => `${same[0]}: ${same.length}`);
  return [kept(subsection(words.dietary), ...(lines.length > 0 ? [{ ul: lines }] : [words.noDietary]))];
}
