import type { FastifyReply } from 'fastify';
import type { DealsAtStage, History, HistoryEntry, HistoryRequest } from '#briefs';
import { escapeHtml, pageHeaders } from '../pages/page.js';
import { factsOf, kindOf, momentOf, moneyOf, spelled, spelledAsKnown } from './history-words.js';

/** For the screen, and for A4 or Letter: the table's head is repeated, no entry is torn apart, what is long wraps. */
const STYLE = `
:root { font: 100%/1.45 "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", Arial, sans-serif; color: #1c2733; background: #fff; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 1.75rem 0 .4rem; break-after: avoid; }
h1, td, dd { unicode-bidi: isolate; }
p { margin: 0 0 .5rem; } .faint { color: #55616d; font-size: .875rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem 1.5rem; margin: 1.25rem 0; padding: 1rem; border: 1px solid #c5ced6; border-radius: .35rem; break-inside: avoid; }
dt { color: #55616d; font-size: .8125rem; } dd { margin: 0; font-weight: 600; } dd span { display: block; font-weight: 400; font-size: .875rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
thead { display: table-header-group; }
th { text-align: left; font-size: .8125rem; color: #55616d; border-bottom: 2px solid #12507b; padding: .25rem .6rem .25rem 0; }
td { vertical-align: top; border-bottom: 1px solid #dde3e8; padding: .45rem .6rem .45rem 0; }
tr { break-inside: avoid; }
.when { width: 9.5rem; } .what { width: 9.5rem; }
td p { margin: .15rem 0 0; font-size: .9375rem; white-space: pre-line; } td p.faint { font-size: .8125rem; }
.mark { font-size: .75rem; border: 1px solid #b35900; color: #8a4500; border-radius: .25rem; padding: 0 .3rem; white-space: nowrap; }
.further { margin-top: 1.5rem; padding: .75rem 1rem; border-left: 4px solid #b35900; background: #fbf3ea; }
@media screen and (max-width: 40rem) { table, tbody, tr, td { display: block; } thead { display: none; } tr { border-bottom: 1px solid #dde3e8; padding: .5rem 0; } td { border: 0; padding: 0; } }
@page { margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #55616d; } }
@media print { :root { font-size: 10pt; } body { max-width: none; padding: 0; } .when, .what { width: 8.5rem; } }
`;

const HEADERS = pageHeaders(STYLE);

export function sendHistory(reply: FastifyReply, html: string): void {
  void reply.status(200).headers(HEADERS).send(html);
}

/** A whole page without scripts that fetches nothing; whatever people wrote is text. */
export function historyPage(history: History, request: HistoryRequest): string {
  const title = `Relationship history: ${history.party.name}`;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow">',
    `<title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head><body>`,
    `<header><h1>${escapeHtml(history.party.name)}</h1>${subtitle(history, request)}</header><main>`,
    summary(history),
    ...history.years.map(({ year, entries }) => yearOf(year, entries)),
    history.years.length === 0 ? '<p>Nothing is known of this time.</p>' : '',
    further(history, request),
    '</main></body></html>',
  ].join('');
}

function subtitle({ party, madeAt, preparedFor }: History, { from, to, cursor }: HistoryRequest): string {
  const span = [from && `from ${spelled(from)}`, to && `until ${spelled(to)}`].filter(Boolean).join(' ');
  const lines = [
    `Relationship history${span && `, ${span}`}${cursor ? ', continued' : ''}${party.archived ? '. No longer in the directory' : ''}.`,
    `Prepared for ${preparedFor}, ${spelled(madeAt.toISOString().slice(0, 10))}. It tells and counts what this reader may see.`,
  ];
  return lines.map((line) => `<p class="faint">${escapeHtml(line)}</p>`).join('');
}

function summary({ head }: History): string {
  const { lastContact, openCommitments } = head;
  const facts: [string, string, string?][] = [
    ['Known since', spelledAsKnown(head.knownSince, head.knownSincePrecision)],
    ['Meetings held', String(head.meetingsHeld)],
    ['Sessions spoken at', String(head.sessionsSpoken)],
    lastContact
      ? ['Last contact', spelledAsKnown(lastContact.day, lastContact.datePrecision), lastContact.title]
      : ['Last contact', 'none yet'],
    ['Open promises', `${openCommitments.byThem} by them, ${openCommitments.toThem} to them`],
    ['Deals', dealsOf(head.dealStages), head.dealValues.map(moneyOf).join(', ')],
  ];
  const list = facts.map(([term, value, more]) => {
    const below = more ? `<span>${escapeHtml(more)}</span>` : '';
    return `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}${below}</dd></div>`;
  });
  return `<dl>${list.join('')}</dl>`;
}

const dealsOf = (stages: DealsAtStage[]): string =>
  stages.map(({ stage, deals }) => `${deals} ${stage.replaceAll('_', ' ')}`).join(', ') || 'none';

const yearOf = (year: number, entries: HistoryEntry[]): string =>
  [
    `<section><h2>${year}</h2><table><thead><tr><th scope="col" class="when">When</th><th scope="col" class="what">What</th>`,
    `<th scope="col">${year}: what was, and what came of it</th></tr></thead><tbody>`,
    ...entries.map(row),
    '</tbody></table></section>',
  ].join('');

function row(entry: HistoryEntry): string {
  const facts = factsOf(entry).map((fact) => `<p class="faint">${escapeHtml(fact)}</p>`);
  const outcome = entry.outcome ? `<p>${escapeHtml(entry.outcome)}</p>` : '';
  const mark = entry.restricted ? ' <span class="mark">confidential</span>' : '';
  const what = `<strong>${escapeHtml(entry.title)}</strong>${mark}${outcome}${facts.join('')}`;
  const [day, hour] = momentOf(entry);
  const when = `${escapeHtml(day)}${hour ? `<p class="faint">${escapeHtml(hour)}</p>` : ''}`;
  return `<tr><td>${when}</td><td>${escapeHtml(kindOf(entry))}</td><td>${what}</td></tr>`;
}

function further({ page, years }: History, { from, to, limit }: HistoryRequest): string {
  const last = years.at(-1)?.entries.at(-1);
  if (!page.nextCursor || !last) return '';
  const text = `Further entries exist: these are ${page.limit} at most, back to ${spelled(last.day)}.`;
  const asked = { ...(from && { from }), ...(to && { to }), limit: String(limit), cursor: page.nextCursor };
  const link = `?${new URLSearchParams(asked).toString()}`;
  return `<p class="further">${escapeHtml(text)} Go on with <a href="${escapeHtml(link)}">those before</a>, or ask for a span with from and to.</p>`;
}
