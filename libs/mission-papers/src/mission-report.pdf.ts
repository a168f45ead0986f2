import { instantText, toLocal } from '#calendar';
import { kept, type PdfContent, type PdfDocument, rows } from '#documents';
import type { Counts, MissionReport } from './mission-report.js';
import type { ReportedMeeting } from './mission-report-facts.js';

/** The report on paper, in English: figures first, then the lists that they were counted from. */
export function missionReportDocument(report: MissionReport): PdfDocument {
  const { mission, generatedAt } = report;
  return {
    title: `Final report: ${mission.name}`,
    language: 'en',
    headerText: `Final report: ${mission.name}`,
    footerText: `As of ${clock(generatedAt, mission.timeZone)} (${mission.timeZone})`,
    madeAt: instantText(generatedAt),
    content: [
      ...cover(report),
      ...delegates(report),
      ...hosts(report),
      ...itinerary(report),
      ...meetings(report),
      ...requests(report),
      ...commitments(report),
      ...tasks(report),
    ],
  };
}

const word = (code: string): string => code.replaceAll('_', ' ');
const clock = (instant: Date, timeZone: string): string => toLocal(instant, timeZone).slice(0, 16).replace('T', ' ');
const heading = (text: string): PdfContent => ({ text, style: 'heading', margin: [0, 18, 0, 6], outline: true });
const small = (text: string): PdfContent => ({ text, style: 'small', margin: [0, 0, 0, 6] });

/** `8 confirmed, 1 withdrawn`; what is zero is left out. */
function spoken(counts: Counts): string {
  const told = Object.entries(counts).filter(([key, count]) => key !== 'total' && count > 0);
  return told.map(([key, count]) => `${count} ${word(key)}`).join(', ') || 'none';
}

/** `1 head, 9 delegates` */
const ofRoles = (counts: Counts): string =>
  spoken(Object.fromEntries(Object.entries(counts).map(([role, count]) => [count === 1 ? role : `${role}s`, count])));

/** Heads over nothing say less than a word. */
const lines = (...[widths, heads, body]: Parameters<typeof rows>): PdfContent =>
  body.length > 0 ? rows(widths, heads, body) : small('None.');

/** Label and value, line by line. */
const facts = (...lines: [label: string, value: string][]): PdfContent => ({
  table: { widths: [130, '*'], body: lines.map(([text, value]) => [{ text, style: 'label' }, { text: value }]) },
  layout: 'plain',
  margin: [0, 0, 0, 6],
});

function cover({ mission, delegates, hosts, meetings, requests, commitments, followUps, itinerary }: MissionReport) {
  return [
    { text: mission.name, style: 'title' as const },
    { text: `Final report · ${mission.startsOn} to ${mission.endsOn}`, style: 'subtitle' as const, margin: NEXT },
    facts(
      ['Direction', `${mission.direction}, ${mission.originCountry} to ${mission.hostCountry}`],
      ['Status', word(mission.status)],
      ['Sponsor', mission.sponsor?.name ?? '–'],
      ['Mission officer', mission.owner?.name ?? '–'],
      ['Sectors', mission.sectors.map(word).join(', ') || '–'],
      ['Objectives', mission.objectives ?? '–'],
    ),
    heading('At a glance'),
    facts(
      ['Delegates', `${delegates.total}: ${spoken(delegates.byStatus)}`],
      ['Hosts', `${hosts.total}: ${spoken(hosts.byStatus)}`],
      ['Itinerary', `${itinerary.held} of ${itinerary.total} items held`],
      ['Meetings', `${meetings.total}: ${spoken(meetings.byStatus)}`],
      ['Requests met', requests.total === 0 ? 'no plan was accepted' : `${requests.met} of ${requests.total}`],
      [
        'Commitments',
        `${commitments.total}, of delegates: ${spoken(commitments.byDelegates)}; of hosts: ${spoken(commitments.byHosts)}`,
      ],
      ['Follow-up tasks', `${followUps.total}: ${spoken(followUps.byStatus)}`],
    ),
  ];
}

const NEXT: [number, number, number, number] = [0, 4, 0, 16];

const delegates = ({ delegates: { data, byRole, byVisaStatus } }: MissionReport): PdfContent[] => [
  kept(heading('Delegates'), small(`By role: ${ofRoles(byRole)}. Visas: ${spoken(byVisaStatus)}.`)),
  lines(
    ['*', '*', 'auto', 'auto', 'auto', 'auto'],
    ['Name', 'Organization', 'Role', 'Status', 'Visa', 'Meetings held'],
    data.map((row) => [
      row.fullName,
      row.organization ?? '–',
      word(row.role),
      word(row.status),
      word(row.visaStatus),
      String(row.meetings.held),
    ]),
  ),
];

const hosts = ({ hosts: { data } }: MissionReport): PdfContent[] => [
  heading('Hosts'),
  lines(
    ['*', '*', 'auto', 150],
    ['Organization', 'Contact', 'Status', 'Meetings'],
    data.map((row) => [row.organization, row.contact ?? '–', word(row.status), spoken(row.meetings)]),
  ),
];

const itinerary = ({ itinerary: { data } }: MissionReport): PdfContent[] => [
  heading('Itinerary'),
  lines(
    [84, '*', 'auto', '*', 'auto'],
    ['When (place’s clocks)', 'What', 'Kind', 'Where', 'Held'],
    data.map((item) => [
      clock(item.startsAt, item.timeZone),
      item.title,
      word(item.kind),
      item.place ?? '–',
      item.held ? 'yes' : 'no',
    ]),
  ),
];

function meetings({ meetings: { data, byKind }, topics, sectors }: MissionReport): PdfContent[] {
  const named = (list: { name: string; meetings: number }[]): string =>
    list.map(({ name, meetings: count }) => `${word(name)} (${count})`).join(', ') || 'none';
  return [
    kept(
      heading('Meetings'),
      small(`By kind: ${spoken(byKind)}.`),
      facts(['Topics of those held', named(topics)], ['Sectors of those held', named(sectors)]),
    ),
    lines(
      [84, '*', '*', 'auto'],
      ['When (place’s clocks)', 'What', 'Who', 'Status'],
      data.map((meeting) => [when(meeting), meeting.title, who(meeting), word(meeting.status)]),
    ),
  ];
}

/** As far as it is known. */
function when({ startsAt, timeZone, datePrecision }: ReportedMeeting): string {
  if (!startsAt || datePrecision === 'unknown') return 'not known';
  const length = { day: 10, month: 7, year: 4 }[datePrecision ?? ''];
  return clock(startsAt, timeZone).slice(0, length);
}

const who = ({ participants }: ReportedMeeting): string =>
  participants
    .map(({ fullName, organization }) => (organization ? `${fullName} (${organization})` : fullName))
    .join(', ');

function requests({ requests: { total, met, held, plans, data } }: MissionReport): PdfContent[] {
  if (total === 0) return [];
  const proof = plans.map(
    ({ met: ofPlan, requests: asked, score, upperBound }) =>
      `${ofPlan} of ${asked} requests met with a score of ${score}; no schedule can score more than ${Math.max(score, Math.floor(upperBound))}.`,
  );
  return [
    heading('One-on-ones'),
    small(
      `${met} of ${total} requests were met by accepted plans; ${held} of these meetings were held. ${proof.join(' ')}`,
    ),
    ...(data.length === 0 ? [] : [unmet(data)]),
  ];
}

const unmet = (data: MissionReport['requests']['data']): PdfContent =>
  rows(
    ['*', '*', 'auto', '*'],
    ['Not met: delegate', 'Host', 'Priority', 'Why'],
    data.map((row) => [row.delegate ?? '–', row.host ?? '–', String(row.priority), row.reason ?? '–']),
  );

function commitments({ commitments: { data } }: MissionReport): PdfContent[] {
  if (data.length === 0) return [];
  return [
    heading('Commitments'),
    rows(
      ['*', '*', '*', 'auto', 'auto'],
      ['What', 'Promised by', 'To', 'Due', 'Status'],
      data.map((row) => [row.action, row.owedBy, row.owedTo, row.dueTo ?? '–', row.status]),
    ),
  ];
}

function tasks({ followUps, surveys, mission }: MissionReport): PdfContent[] {
  const table = (data: MissionReport['surveys']): PdfContent =>
    rows(
      ['*', 100, 'auto', 'auto'],
      ['Task', 'Who', 'Due', 'Status'],
      data.map((task) => [
        task.title,
        task.assignee ?? '–',
        task.dueAt ? clock(task.dueAt, mission.timeZone).slice(0, 10) : '–',
        task.status,
      ]),
    );
  return [
    ...(followUps.data.length === 0 ? [] : [heading('Follow-up tasks'), table(followUps.data)]),
    ...(surveys.length === 0 ? [] : [kept(heading('Outcome surveys'), table(surveys))]),
  ];
}
