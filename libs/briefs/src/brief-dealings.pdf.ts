import type { PdfContent, PdfLanguage, PdfText } from '#documents';
import { dateAt, dayInWords, inWords, small } from '#mission-papers';
import type { NamedParty } from '#tasks';
import { WARNING } from './brief-events.pdf.js';
import { AGREEMENT_KIND_WORDS, AGREEMENT_STATUS_WORDS, PARTY_ROLE_WORDS, STAGE_WORDS } from './brief-labels.js';
import { head, heading, shortened, tableBelow } from './brief-pieces.js';
import { moneyInWords, windowInWords } from './brief-times.js';
import { BRIEF_WORDS } from './brief-words.js';
import type { Brief, BriefedAgreement, BriefedCommitment, BriefedDeal, BriefedTask, Promises } from './brief.js';

/** Open promises both ways, and those of others to them. */
export function commitments({ commitments: sides, sender }: Brief, language: PdfLanguage): PdfContent[] {
  const words = BRIEF_WORDS[language];
  const tables: [string, Promises][] = [
    [words.byUs(sender.name), sides.byUs],
    [words.byThem, sides.byThem],
    [words.byOthers, sides.byOthers],
  ];
  return tables
    .filter(([, { count }]) => count > 0)
    .flatMap(([title, list], index) => {
      const titles = [...(index === 0 ? [heading(words.commitments)] : []), head(`${title} (${list.count})`)];
      return promises(titles, list, language);
    });
}

function promises(titles: PdfText[], list: Promises, language: PdfLanguage): PdfContent[] {
  const words = BRIEF_WORDS[language];
  const heads = [words.what, words.promisedBy, words.promisedTo, words.due];
  const lines = list.data.map((promise) => promiseRow(promise, language));
  return [...tableBelow(titles, ['*', 105, 105, 92], heads, lines), ...rest(list, language)];
}

const rest = ({ count, data }: { count: number; data: unknown[] }, language: PdfLanguage): PdfContent[] =>
  count > data.length ? [small(BRIEF_WORDS[language].andMore(count - data.length))] : [];

function promiseRow(promise: BriefedCommitment, language: PdfLanguage): PdfContent[] {
  const words = BRIEF_WORDS[language];
  const { action, source, owner } = promise;
  const notes = [source && words.source(source), owner && `${words.owner}: ${owner.name}`].filter(Boolean).join('; ');
  return [
    { stack: [action, ...(notes ? [{ text: notes, style: 'label' as const }] : [])] },
    partyInWords(promise.owedBy),
    partyInWords(promise.owedTo),
    due(promise, language),
  ];
}

const partyInWords = ({ personName, organizationName }: NamedParty): string =>
  [personName, organizationName].filter(Boolean).join(', ');

function due({ dueFrom, dueTo, dueText, overdue }: BriefedCommitment, language: PdfLanguage): PdfContent {
  const days = [windowInWords(dueFrom, dueTo, language), dueText && `“${dueText}”`].filter(Boolean).join(' ');
  return late(days || '–', overdue, language);
}

const late = (text: string, overdue: boolean, language: PdfLanguage): PdfContent =>
  overdue ? { stack: [text, { text: BRIEF_WORDS[language].overdue, bold: true, color: WARNING }] } : { text };

/** Deals they have a part in. */
export function deals({ deals: list }: Brief, language: PdfLanguage): PdfContent[] {
  if (list.count === 0) return [];
  const words = BRIEF_WORDS[language];
  const heads = [words.deal, words.stageSince, words.value, words.owner];
  const lines = list.data.map((deal) => dealRow(deal, language));
  const title = heading(`${words.deals} (${list.count})`);
  return [...tableBelow([title], ['*', 110, 100, 80], heads, lines), ...rest(list, language)];
}

function dealRow(deal: BriefedDeal, language: PdfLanguage): PdfContent[] {
  const words = BRIEF_WORDS[language];
  const roles = deal.roles.map(({ role, organization, person }) =>
    [inWords(PARTY_ROLE_WORDS, role, language), [organization, person].filter(Boolean).join(', ')].join(': '),
  );
  const day = dateAt(deal.stageSince, 'UTC');
  const since = windowInWords(day, day, language, deal.stagePrecision ?? 'day') ?? day;
  return [
    {
      stack: [
        { text: deal.title, bold: true },
        { text: roles.join('; '), style: 'label' },
      ],
    },
    {
      stack: [inWords(STAGE_WORDS, deal.stage, language), { text: words.since(since), style: 'label' }],
    },
    deal.value ? moneyInWords(deal.value, language) : '–',
    deal.owner?.name ?? '–',
  ];
}

/** What they agreed to in writing. */
export function agreements({ agreements: list }: Brief, language: PdfLanguage): PdfContent[] {
  if (list.count === 0) return [];
  const words = BRIEF_WORDS[language];
  const heads = [words.agreement, words.status, words.signed];
  const lines = list.data.map((agreement) => agreementRow(agreement, language));
  const title = heading(`${words.agreements} (${list.count})`);
  return [...tableBelow([title], ['*', 120, 120], heads, lines), ...rest(list, language)];
}

function agreementRow(agreement: BriefedAgreement, language: PdfLanguage): PdfContent[] {
  const { title, kind, status, signedFrom, signedTo, datePrecision, value, provenance } = agreement;
  const notes = [inWords(AGREEMENT_KIND_WORDS, kind, language), value && moneyInWords(value, language)];
  return [
    {
      stack: [
        { text: title, bold: true },
        { text: notes.filter(Boolean).join('; '), style: 'label' },
        ...provenance.map((said) => ({
          text: `“${shortened(said.statement)}” (${said.source})`,
          style: 'label' as const,
        })),
      ],
    },
    inWords(AGREEMENT_STATUS_WORDS, status, language),
    windowInWords(signedFrom, signedTo, language, datePrecision) ?? '–',
  ];
}

/** What staff still have to do about them. */
export function tasks({ tasks: list }: Brief, language: PdfLanguage): PdfContent[] {
  if (list.count === 0) return [];
  const words = BRIEF_WORDS[language];
  const lines = list.data.map((task) => taskRow(task, language));
  const title = heading(`${words.tasks} (${list.count})`);
  const heads = [words.task, words.assignee, words.due];
  return [...tableBelow([title], ['*', 110, 110], heads, lines), ...rest(list, language)];
}

function taskRow({ title, dueAt, timeZone, assignee, overdue }: BriefedTask, language: PdfLanguage): PdfContent[] {
  const day = dueAt ? dayInWords(dateAt(dueAt, timeZone ?? 'UTC'), language) : '–';
  return [title, assignee?.name ?? '–', late(day, overdue, language)];
}
