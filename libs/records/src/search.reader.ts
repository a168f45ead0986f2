import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '#database';
import { nameKey } from './name-key.js';
import { RECORD_TYPES, type RecordType } from './record-types.js';
import { visibleSql } from './records.reader.js';

export interface SearchHit {
  type: RecordType;
  id: string;
  title: string;
  subtitle: string | null;
  /** 1 for the very name, then by kind of match: start of the name 0.9–1, another name 0.8–0.9, similar below 0.8. */
  score: number;
}

/** Below this trigram word similarity two words have too little in common to be offered. */
const SIMILAR = 0.5;

/** Finds records of every type by a folded, typo-tolerant key; one query. */
@Injectable()
export class SearchReader {
  constructor(private readonly database: Database) {}

  /** Best hits first. `types` empty means all. */
  async search(text: string, types: RecordType[], limit: number, actor: Actor): Promise<SearchHit[]> {
    const key = nameKey(text);
    if (key === '') return [];
    return this.database.query<SearchHit>(searchSql(visibleSql('r', actor)), [
      key,
      types.length > 0 ? types : RECORD_TYPES,
      limit,
    ]);
  }
}

/**
 * The inner query lets the trigram indexes find candidates, the outer one ranks them. `<%` uses the session's
 * threshold (0.6 unless changed), so the similarity condition is checked again with ours.
 */
function searchSql(visible: string): string {
  return `
    SELECT type, id, title, subtitle, round(score::numeric, 3)::float AS score
    FROM (
      SELECT r.type, r.id, r.title, r.subtitle, CASE
        WHEN r.search_key = $1 THEN 1
        WHEN r.search_key LIKE $1 || '%' THEN 0.9 + 0.09 * length($1) / length(r.search_key)
        WHEN r.alias_key <> '' AND ('|' || r.alias_key || '|') LIKE '%|' || $1 || '|%' THEN 0.89
        WHEN r.alias_key LIKE '%' || $1 || '%' THEN 0.8
        ELSE 0.79 * greatest(word_similarity($1, r.search_key), 0.9 * word_similarity($1, r.alias_key)) END AS score
      FROM records r
      WHERE (r.search_key LIKE '%' || $1 || '%' OR $1 <% r.search_key
             OR (r.alias_key <> '' AND (r.alias_key LIKE '%' || $1 || '%' OR $1 <% r.alias_key)))
        AND r.archived_at IS NULL AND r.type = ANY($2::text[]) AND ${visible}
    ) hits
    WHERE score >= ${0.79 * SIMILAR}
    ORDER BY score DESC, title, id
    LIMIT $3`;
}
