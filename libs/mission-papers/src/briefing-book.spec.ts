import { PdfPrinter } from '#documents';
import { layoutFaults, pdfPages, pdfText, popplerInstalled, squeezed } from '../../../test/support/pdf-reader.js';
import { briefingBook } from './briefing-book.js';
import type { BriefedDelegate, BriefedEntry, BriefedHost, BriefedMeeting, Briefing } from './briefing.js';
import type { PaperPerson } from './paper-people.reader.js';

jest.setTimeout(60_000);

const WORD = 'Щğə'.repeat(50);
const ADDRESS = `https://example.org/${'long-path/'.repeat(20)}?q=${WORD}`;
const LONG = `Ünvan və görüş haqqında qeydlər, ${'uzun mətn, '.repeat(80)}END`;
const LINES = Array.from({ length: 60 }, (_, line) => `line ${line + 1}`).join('\n');
const ODD = '日本 \u{1F468}\u200D\u{1F469} \u0000\u202E</b> {"text":1} \t|\r\n\uD800';
const ALL = [WORD, ADDRESS, LONG, LINES, ODD, '', ' '];

const at = (index: number): string => ALL[index % ALL.length] ?? '';

const person = (index: number): PaperPerson => ({
  ...{
    id: `p${index}`,
    fullName: at(index) || 'x',
    honorific: at(index + 1),
    nativeName: at(index + 2),
    country: 'AZ',
  },
  titles: [true, false].map((preferred) => ({
    ...{ title: at(index + 3), organizationId: 'o', organization: at(index), source: at(index + 1), preferred },
    asOf: '2037-01-01',
  })),
});

const meeting = (index: number): BriefedMeeting => ({
  ...{
    organizationId: 'o',
    total: 9,
    title: at(index),
    kind: at(index) || 'call',
    timeZone: 'Asia/Baku',
    datePrecision: null,
  },
  ...{ startsAt: new Date('2036-03-09T13:00Z'), topics: [at(index), at(index + 1)], summary: at(index + 2) },
  people: ALL,
});

const entry = (index: number): BriefedEntry => ({
  ...{ startsAt: new Date(Date.UTC(2037, 2, 9, index)), endsAt: new Date(Date.UTC(2037, 2, 9, index + 30)) },
  ...{ timeZone: 'America/Argentina/Buenos_Aires', title: at(index), kind: at(index + 1) || 'x', place: at(index + 2) },
  ...{ host: at(index + 3), notes: at(index + 4), people: ALL },
});

/** Everything in it is as long, and as odd, as it may be. */
const briefing = (): Briefing => {
  const delegates = ALL.map((_, index) => ({
    ...{ id: `d${index}`, fullName: at(index), role: 'head', organization: at(index + 1), dietary: at(index + 2) },
    ...{ arrivesAt: new Date('2037-03-08T13:00Z'), departsAt: null, person: person(index) },
  })) as BriefedDelegate[];
  const hosts = ALL.map((_, index) => ({
    ...{
      organization: at(index),
      status: 'approached',
      kind: 'bank',
      country: 'ZZ',
      website: ADDRESS,
      sectors: [WORD],
    },
    ...{ fitNote: at(index + 3), contactPerson: person(index + 1), meetings: [meeting(index)] },
  })) as BriefedHost[];
  const mission = { name: `Mission ${WORD}`, sponsor: { name: WORD }, owner: { name: LONG }, objectives: LINES };
  const days = { startsOn: '2037-03-09', endsOn: '2037-03-13', timeZone: 'Asia/Baku', hostCountry: 'US' };
  return {
    sender: { name: `Chamber ${WORD}`, email: 'a@b.example', postalAddress: LONG },
    madeAt: new Date('2037-01-01T00:00:00Z'),
    mission: { ...mission, ...days, sectors: [WORD] } as Briefing['mission'],
    ...{ copyOf: null, delegates, hosts, entries: ALL.map((_, index) => entry(index)) },
    commitments: ALL.map((action, index) => ({
      ...{ action, owedBy: at(index + 1), owedTo: at(index + 2), source: at(index + 3) },
      ...{ dueFrom: '2037-01-01', dueTo: '2037-12-31' },
    })),
    sectors: new Map(),
    homeTimeZones: ['America/New_York', 'Asia/Baku'],
  };
};

(popplerInstalled ? describe : describe.skip)('a book of nothing but long and odd words', () => {
  const printer = new PdfPrinter();
  afterAll(() => printer.onModuleDestroy());

  it('loses none of them, and puts none over another or beyond the margin', async () => {
    const file = await printer.print(briefingBook(briefing(), { language: 'az' }));

    expect(layoutFaults(pdfPages(file)).slice(0, 20)).toEqual([]);
    const text = squeezed(pdfText(file));
    const count = (words: string): number => text.split(squeezed(words)).length - 1;
    // Named: as delegate and host; their titles; schedule; commitments.
    for (const [words, atLeast] of [
      ['uzun mətn, END', 20],
      ['line 60', 20],
    ] as const)
      expect([words, count(words) >= atLeast]).toEqual([words, true]);
    expect(text).toContain('\uFFFD\uFFFD\uFFFD</b>{"text":1}|\uFFFD');
  });
});
