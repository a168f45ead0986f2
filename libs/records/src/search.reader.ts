import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '#database';
import { RECORD_TYPES, type RecordType } from './record-types.js';
import { type SearchedNames, searchScore } from './search-score.js';
import { type SearchQuery, searchQuery } from './search-query.js';

export interface SearchHit {
  type: RecordType;
  id: string;
  title: string;
  subtitle: string | null;
  /** 1 for the very name or address, then by kind of match: start of the name 0.9–1, another name 0.8–0.9, similar below 0.8. */
  score: number;
}

/** For `q=` of a list: the record with this id is found by the folded key, in spite of small typing errors and by parts of words. */
export const searchedBy =
  (id: string) =>
  (key: string): string =>
    `${id} IN (SELECT records_matching(${key}))`;

type Candidate = Omit<SearchHit, 'score'> &
  SearchedNames & {
    /** The address that was found, when one was searched for. */
    address: string | null;
  };

const CANDIDATES = `
  SELECT type, id, title, subtitle, search_key AS "searchKey", alias_key AS "aliasKey", address_found AS address
  FROM search_records($1, $2, $3, $4, $5, $6, $7, $8)`;

/**
 * Finds records of every type by a folded, typo-tolerant key; one query. The database finds a bounded number of
 * candidates (migration 0140), the ranking is done here.
 */
@Injectable()
export class SearchReader {
  constructor(private readonly database: Database) {}

  /** Best hits first, by score, then title. `types` empty means all. */
  async search(text: string, types: RecordType[], limit: number, actor: Actor): Promise<SearchHit[]> {
    const query = searchQuery(text);
    if (!query) return [];
    const kinds = types.length > 0 ? [...new Set(types)] : RECORD_TYPES;
    const candidates = await this.database.query<Candidate>(CANDIDATES, [
      ...[query.key, query.starts, query.words, query.address, kinds],
      ...[actor.id, actor.role === 'admin' || actor.role === 'manager', limit],
    ]);
    return candidates
      .map((candidate) => toHit(candidate, query))
      .sort((a, b) => b.score - a.score || compare(a.title, b.title) || compare(a.id, b.id))
      .slice(0, limit);
  }
}

const toHit = ({ searchKey, aliasKey, address, ...hit }: Candidate, query: SearchQuery): SearchHit => {
  const score = address === null ? searchScore(query, { searchKey, aliasKey }) : addressScore(query, address);
  return { ...hit, score: Math.round(score * 1000) / 1000 };
};

/** 1 for the whole address, above 0.9 for its start. */
const addressScore = (query: SearchQuery, found: string): number =>
  found === query.address ? 1 : 0.9 + (0.09 * (query.address?.length ?? 0)) / found.length;

/** By code points, so that the order is the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
