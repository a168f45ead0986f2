import type { ProvenanceStatement } from '#agreements';
import type { HistoryEntry } from '#briefs';

const words = (code: unknown): string => (typeof code === 'string' ? code.replaceAll('_', ' ') : '');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What an entry is called. */
export function kindOf({ kind, detail }: HistoryEntry): string {
  const known = KINDS[kind];
  return capital(known?.(detail ?? {}) ?? words(kind));
}

type Detail = Record<string, unknown>;

const KINDS: Record<string, ((detail: Detail) => string) | undefined> = {
  side_meeting: ({ kind, status }) => withStatus(MEETINGS[String(kind)] ?? words(kind), status, 'held'),
  session: ({ status }) => withStatus('session', status, 'confirmed'),
  conference: ({ as, status }) =>
    withStatus(`conference${as ? ` (${words(as)})` : ''}`, CAME[String(status)] ?? status, ''),
  trade_mission: ({ as, status }) => withStatus(`trade mission (${words(as)})`, status, 'completed'),
  agreement: (detail) => withStatus(AGREEMENTS[String(detail.kind)] ?? words(detail.kind), datedStatus(detail), ''),
  deal_party: () => 'deal: took part',
  stage_change: () => 'deal: stage',
  instrument: ({ kind }) => `deal: ${words(kind)}`,
  commitment: ({ status }) => withStatus('promise', status, ''),
  commitment_settled: ({ status }) => `promise ${words(status)}`,
  task_completed: () => 'task done',
  position_started: () => 'title taken',
  position_ended: () => 'title given up',
  invited: () => 'invitation',
  answered: ({ status }) => `answer: ${words(status)}`,
};

const MEETINGS: Record<string, string | undefined> = {
  bilateral: 'bilateral meeting',
  one_on_one: 'one-on-one meeting',
};
const CAME: Record<string, string | undefined> = { confirmed: 'registered' };
const AGREEMENTS: Record<string, string | undefined> = { mou: 'memorandum of understanding' };

/** What is as one would expect needs no word. */
const withStatus = (what: string, status: unknown, usual: string): string =>
  typeof status === 'string' && status !== usual ? `${what}, ${words(status)}` : what;

/** The status that the day of an agreement is of: one may know when it was initialed, and not when it was signed. */
const datedStatus = ({ status, signedFrom, initialedFrom }: Detail): unknown =>
  initialedFrom && !signedFrom ? 'initialed' : status;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** A day as people write it; the same all over the world. */
export function spelled(day: string): string {
  const [year = '', month, date] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? ''} ${Number(year)}`;
}

/** The same below the heading of its year. */
const within = (day: string): string => spelled(day).replace(/ \d+$/, '');

const SPELLED_LESS: Record<string, ((day: string) => string) | undefined> = {
  month: (day) => within(day).replace(/^\d+ /, ''),
  year: () => 'in this year',
  window: (day) => `from ${within(day)}`,
};

/** A day with its year: no more exactly than anybody knows. */
export function spelledAsKnown(day: string | null, datePrecision: string | null): string {
  if (day === null || datePrecision === 'unknown') return 'date not known';
  if (datePrecision === 'year') return day.slice(0, 4);
  if (datePrecision === 'month') return spelled(day).replace(/^\d+ /, '');
  return datePrecision === 'window' ? `from ${spelled(day)}` : spelled(day);
}

/** What lasts for a day or more: at what hour it began is no news. */
const WHOLE_DAYS = new Set(['trade_mission', 'conference']);

/** Day in its year, and the time where there is one: no more exactly than anybody knows. */
export function momentOf({ at, day, datePrecision, timeZone, kind }: HistoryEntry): [string, string?] {
  const less = datePrecision === null ? undefined : SPELLED_LESS[datePrecision];
  if (datePrecision === 'unknown') return ['date not known', `written down ${within(day)}`];
  if (less) return [less(day)];
  if (datePrecision !== null || timeZone === null || WHOLE_DAYS.has(kind)) return [within(day)];
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
  return [within(day), `${time}, ${timeZone.replaceAll('_', ' ')}`];
}

/** An amount in groups of three figures, as exact as it was. */
export function moneyOf({ amount, currency }: { amount: string; currency: string }): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${currency} ${grouped}${/^0*$/.test(fraction) ? '' : `.${fraction}`}`;
}

/** What else there is to say, a line each; whose history it is need not be said. */
export function factsOf(entry: HistoryEntry): string[] {
  const { detail, about, kind } = entry;
  const told = DETAILS[kind]?.(detail ?? {}) ?? [];
  return [
    ...told,
    ...sidesOf(entry),
    ...meetingFacts(entry),
    about && about.title !== entry.title ? about.title : '',
  ].filter((line) => line !== '');
}

const sidesOf = ({ detail, owedBy, owedTo }: HistoryEntry): string[] => [
  detail?.side === 'owed_by' ? '' : labelled('By', owedBy),
  detail?.side === 'owed_to' ? '' : labelled('To', owedTo),
];

const meetingFacts = ({ topics, people, place }: HistoryEntry): string[] => [
  labelled('Topics:', topics.join(', ')),
  labelled('With', people.join(', ')),
  labelled('Place:', place),
];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const labelled = (label: string, value: unknown): string => (text(value) ? `${label} ${text(value)}` : '');
const day = (label: string, value: unknown): string => (text(value) ? `${label} ${spelled(text(value))}` : '');

const DETAILS: Record<string, ((detail: Detail) => string[]) | undefined> = {
  session: ({ role, conference, speakers }) => [
    [words(role), text(conference)].filter((word) => word !== '').join(', '),
    labelled('Speaking:', Array.isArray(speakers) ? speakers.join(', ') : null),
  ],
  conference: ({ people }) => (typeof people === 'number' && people > 1 ? [`${people} people`] : []),
  trade_mission: ({ startsOn, endsOn }) => [day('Until', endsOn === startsOn ? '' : endsOn)],
  agreement: ({ status, signedFrom, signedTo, initialedFrom, datePrecision, provenance }) => [
    signedAsKnown(text(signedFrom), text(signedTo), datePrecision),
    signedFrom ? '' : day('Initialed', initialedFrom),
    initialedFrom && !signedFrom && status !== 'initialed' ? `Now ${words(status)}` : '',
    ...statementsOf(provenance),
  ],
  deal_party: ({ role, note }) => [`As ${words(role)}`, text(note)],
  stage_change: ({ from, to, note }) => [
    typeof from === 'string' ? `From ${words(from)} to ${words(to)}` : `Began as ${words(to)}`,
    text(note),
  ],
  instrument: ({ provider, status, amount, currency }) => [
    [text(provider), words(status)].filter((word) => word !== '').join(', '),
    typeof amount === 'string' ? moneyOf({ amount, currency: text(currency) }) : '',
  ],
  commitment: ({ dueTo, dueText }) => [day('Due by', dueTo), text(dueText) && `“${text(dueText)}”`],
  membership_joined: ({ tierCode }) => [labelled('Tier', tierCode)],
  membership_renewed: ({ endsOn }) => [day('Until', endsOn)],
  membership_cancelled: ({ reason }) => [text(reason)],
  position_started: ({ source }) => [labelled('Source:', source)],
  answered: ({ note }) => [text(note)],
};

/** A month or year has a name of its own; other spans have two ends. */
function signedAsKnown(from: string, to: string, precision: unknown): string {
  if (from === to) return day('Signed', from);
  if (precision === 'month' || precision === 'year') return `Signed in ${spelledAsKnown(from, precision)}`;
  return `Signed between ${spelled(from)} and ${spelled(to)}`;
}

/** What sources say of an agreement, word by word. */
const statementsOf = (provenance: unknown): string[] =>
  ((provenance ?? []) as ProvenanceStatement[]).map(({ statement, source }) => `“${statement}” (${source})`);
