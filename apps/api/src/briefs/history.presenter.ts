import type { History, HistoryEntry, HistoryHead } from '#briefs';
import { instant } from '../http/format.js';
import type { HistoryDto, HistoryEntryDto, HistoryHeadDto } from './history.dto.js';

export const presentHistory = ({ party, madeAt, preparedFor, head, years, page }: History): HistoryDto => ({
  party: { type: party.type, id: party.id, name: party.name, country: party.country, archived: party.archived },
  madeAt: instant(madeAt),
  preparedFor,
  head: presentHead(head),
  years: years.map(({ year, entries }) => ({ year, entries: entries.map(presentEntry) })),
  page: { limit: page.limit, nextCursor: page.nextCursor },
});

const presentHead = ({ lastContact, ...head }: HistoryHead): HistoryHeadDto => ({
  knownSince: head.knownSince,
  knownSincePrecision: head.knownSincePrecision,
  meetingsHeld: head.meetingsHeld,
  sessionsSpoken: head.sessionsSpoken,
  lastContact: lastContact && {
    ...{ type: lastContact.type, id: lastContact.id, title: lastContact.title },
    ...{ at: instant(lastContact.at), day: lastContact.day, datePrecision: lastContact.datePrecision },
  },
  openCommitments: head.openCommitments,
  dealStages: head.dealStages,
  dealValues: head.dealValues,
});

const presentEntry = (entry: HistoryEntry): HistoryEntryDto => ({
  at: instant(entry.at),
  day: entry.day,
  datePrecision: entry.datePrecision,
  timeZone: entry.timeZone,
  kind: entry.kind,
  title: entry.title,
  about: entry.about,
  place: entry.place,
  outcome: entry.outcome,
  topics: entry.topics,
  people: entry.people,
  owedBy: entry.owedBy,
  owedTo: entry.owedTo,
  restricted: entry.restricted,
  detail: entry.detail,
});
