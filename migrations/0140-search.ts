import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Search over a million names in a few milliseconds (docs/decisions/0007-search.md): one index of whole words, two of
 * beginnings, and a dictionary of distinct words that alone knows about typing errors. Search reads them through
 * `search_records`, lists through `records_matching`.
 */
export class Search1790000000140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS fuzzystrmatch');
    for (const [table, index] of TRIGRAM_INDEXES) await runner.query(`DROP INDEX ${index(table)}`);
    await runner.query('DROP INDEX records_alias');
    for (const statement of [...FOLDED_PARTS, ...INDEXES, ...DICTIONARY, ...ADDRESSES]) await runner.query(statement);
    for (const statement of [SYNC_WITH_WORDS, SIMILAR_WORDS, SEARCH, MATCHING]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of FUNCTIONS) await runner.query(`DROP FUNCTION ${name}`);
    await runner.query(SYNC_BEFORE);
    await runner.query('DROP TABLE search_words');
    await runner.query('DROP INDEX people_other_email_starts, people_email, records_names, records_last_words');
    await runner.query('CREATE INDEX people_email ON people (email) WHERE email IS NOT NULL');
    await runner.query('DROP INDEX records_words, records_aliases');
    for (const name of PART_FUNCTIONS) await runner.query(`DROP FUNCTION ${name}`);
    for (const [table, index] of TRIGRAM_INDEXES)
      await runner.query(`CREATE INDEX ${index(table)} ON ${table} USING gin (search_key gin_trgm_ops)`);
    await runner.query(
      `CREATE INDEX records_alias ON records USING gin (alias_key gin_trgm_ops) WHERE alias_key <> ''`,
    );
    await runner.query('DROP EXTENSION fuzzystrmatch');
  }
}

const named = (table: string): string => `${table}_search`;
const TRIGRAM_INDEXES: [table: string, index: (table: string) => string][] = [
  ['records', named],
  ['organizations', named],
  ['people', named],
  ['conferences', named],
  ['conference_sessions', named],
  ['side_meetings', named],
];

const PART_FUNCTIONS = [
  'record_words(text, text)',
  'record_words_of_long(text)',
  'record_aliases(text)',
  'record_aliases_of_long(text)',
];
const FUNCTIONS = [
  'records_matching(text)',
  'search_records(text, text[], text[], text, text[], uuid, boolean, integer)',
  'similar_words(text, integer)',
  'records_by_address(text, integer)',
  'lexeme(text)',
];

/**
 * What the indexes hold of a record. Written so that PostgreSQL puts the expression itself into the query: a call per
 * row would cost a bulk insert a third of its speed. The long way cuts words that no index entry could hold.
 */
const FOLDED_PARTS = [
  `CREATE FUNCTION record_words_of_long(keys text) RETURNS tsvector IMMUTABLE PARALLEL SAFE LANGUAGE sql
   RETURN (SELECT array_to_tsvector(coalesce(array_agg(left(word, 60)), '{}'))
           FROM string_to_table(translate(keys, '|', ' '), ' ') word WHERE word <> '')`,
  `CREATE FUNCTION record_words(search_key text, alias_key text) RETURNS tsvector IMMUTABLE PARALLEL SAFE LANGUAGE sql
   RETURN CASE WHEN length(search_key) + length(alias_key) < 500
     THEN array_to_tsvector(array_remove(string_to_array(replace(search_key || ' ' || alias_key, '|', ' '), ' '), ''))
     ELSE record_words_of_long(search_key || ' ' || alias_key) END`,
  `CREATE FUNCTION record_aliases_of_long(alias_key text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql
   RETURN (SELECT array_agg(left(alias, 100)) FROM string_to_table(alias_key, '|') alias)`,
  `CREATE FUNCTION record_aliases(alias_key text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql
   RETURN CASE WHEN length(alias_key) < 500 THEN string_to_array(alias_key, '|') ELSE record_aliases_of_long(alias_key) END`,
];

/** What waits in a GIN index is read by every search: half a megabyte of it costs half a millisecond, and saves imports half of the index's price. */
const WAITING = 'WITH (fastupdate = on, gin_pending_list_limit = 512)';

const INDEXES = [
  `CREATE INDEX records_words ON records USING gin (record_words(search_key, alias_key)) ${WAITING}`,
  `CREATE INDEX records_aliases ON records USING gin (record_aliases(alias_key)) ${WAITING} WHERE alias_key <> ''`,
  `CREATE INDEX records_names ON records (type, left(search_key, 100) text_pattern_ops) WHERE archived_at IS NULL`,
  `CREATE INDEX records_last_words ON records (type, left(split_part(search_key, ' ', -1), 60) text_pattern_ops)
   WHERE archived_at IS NULL`,
];

/**
 * Every word any record has had. Not unique on purpose: a unique index would make whoever uses a new word wait for
 * an import that uses it too. A word that two transactions brought at once stands here twice, which harms nobody.
 */
const DICTIONARY = [
  'CREATE TABLE search_words (word text NOT NULL)',
  'CREATE INDEX search_words_starts ON search_words (word text_pattern_ops)',
  'CREATE INDEX search_words_similar ON search_words USING gin (word gin_trgm_ops) WITH (fastupdate = off)',
  `INSERT INTO search_words
   SELECT DISTINCT word FROM records, string_to_table(translate(search_key || ' ' || alias_key, '|', ' '), ' ') word
   WHERE length(word) BETWEEN 2 AND 60`,
];

/** A word as one operand of a tsquery; then people by any address, or by how one begins, in lower case. */
const ADDRESSES = [
  `CREATE FUNCTION lexeme(word text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql
   RETURN '''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || ''''`,
  'DROP INDEX people_email',
  'CREATE INDEX people_email ON people (email text_pattern_ops) WHERE email IS NOT NULL',
  `CREATE INDEX people_other_email_starts ON people USING gin (array_to_tsvector(array_remove(other_emails, '')))
   WHERE other_emails <> '{}'`,
  `CREATE FUNCTION records_by_address(start text, most integer) RETURNS TABLE (id uuid, address text) STABLE LANGUAGE sql
   BEGIN ATOMIC
     (SELECT id, email FROM people WHERE email ~>=~ start AND email ~<=~ (start || chr(1114111)) AND email IS NOT NULL
      ORDER BY email USING ~<~ LIMIT most)
     UNION ALL
     (SELECT id, (SELECT min(other) FROM unnest(other_emails) other WHERE starts_with(other, start)) FROM people
      WHERE other_emails <> '{}'
        AND array_to_tsvector(array_remove(other_emails, '')) @@ (lexeme(start) || ':*')::tsquery LIMIT most);
   END`,
];

const MIRROR = `
      INSERT INTO records AS r (id, type, title, subtitle, search_key, alias_key, visibility, owner_ids,
                                starts_at, ends_at, time_zone, place, called_off, archived_at)
      SELECT id, %L, title, subtitle, search_key, coalesce(alias_key, ''), coalesce(visibility, 'internal'),
             coalesce(owner_ids, '{}'), starts_at, ends_at, time_zone, place, coalesce(called_off, false), archived_at
      FROM (%s) AS m (id, title, subtitle, search_key, alias_key, visibility, owner_ids,
                      starts_at, ends_at, time_zone, place, called_off, archived_at)
      ON CONFLICT (id) DO UPDATE SET
        title = excluded.title, subtitle = excluded.subtitle, search_key = excluded.search_key,
        alias_key = excluded.alias_key, visibility = excluded.visibility, owner_ids = excluded.owner_ids,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at, time_zone = excluded.time_zone,
        place = excluded.place, called_off = excluded.called_off, archived_at = excluded.archived_at
      WHERE (r.title, r.subtitle, r.search_key, r.alias_key, r.visibility, r.owner_ids, r.starts_at, r.ends_at,
             r.time_zone, r.place, r.called_off, r.archived_at)
        IS DISTINCT FROM
            (excluded.title, excluded.subtitle, excluded.search_key, excluded.alias_key, excluded.visibility,
             excluded.owner_ids, excluded.starts_at, excluded.ends_at, excluded.time_zone, excluded.place,
             excluded.called_off, excluded.archived_at)`;

const sync = (statement: string): string => `
  CREATE OR REPLACE FUNCTION sync_records() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format($sql$${statement}
    $sql$, TG_ARGV[0], TG_ARGV[1]);
    RETURN NULL;
  END $$`;

const SYNC_BEFORE = sync(MIRROR);

/** Rows that did not change are not returned, so their words are not looked at. */
const SYNC_WITH_WORDS = sync(`
      WITH mirrored AS (${MIRROR}
      RETURNING r.search_key, r.alias_key)
      INSERT INTO search_words
      SELECT word FROM (
        SELECT DISTINCT unnest(string_to_array(translate(search_key || ' ' || alias_key, '|', ' '), ' ')) AS word FROM mirrored) used
      WHERE length(word) BETWEEN 2 AND 60 AND NOT EXISTS (SELECT FROM search_words known WHERE known.word = used.word)`);

/**
 * Words of the dictionary that may have been meant by `asked`, likeliest first; closeness is 1 for the word itself,
 * then its continuations, typing errors (Levenshtein distance 1, or 2 from five letters on; neighbours swapped, which
 * may leave too few trigrams in common), and words it is part of.
 */
const SIMILAR_WORDS = `
  CREATE FUNCTION similar_words(asked text, most integer) RETURNS TABLE (word text, closeness float)
  STABLE LANGUAGE plpgsql SET enable_seqscan = off AS $$
  BEGIN
    IF length(asked) < 3 THEN
      RETURN QUERY SELECT s.word, length(asked)::float / length(s.word) FROM search_words s
        WHERE s.word ~>=~ asked AND s.word ~<=~ (asked || chr(1114111)) GROUP BY s.word ORDER BY s.word USING ~<~ LIMIT most;
      RETURN;
    END IF;
    RETURN QUERY
      SELECT w.word, max(CASE
          WHEN w.word = asked THEN 1
          WHEN starts_with(w.word, asked) THEN 0.8 + 0.1 * length(asked) / length(w.word)
          WHEN w.slips <= CASE WHEN length(asked) < 5 THEN 1 ELSE 2 END THEN 0.9 * (1 - w.slips::float / length(asked))
          WHEN w.part THEN 0.5 + 0.1 * length(asked) / length(w.word) END)::float AS close
      FROM (
        SELECT s.word, levenshtein_less_equal(s.word, asked, 2) AS slips, false AS part FROM search_words s WHERE s.word % asked
        UNION ALL
        SELECT s.word, 1, false FROM search_words s WHERE s.word = ANY (ARRAY(
          SELECT overlay(asked PLACING reverse(substr(asked, at, 2)) FROM at) FROM generate_series(1, length(asked) - 1) at))
        UNION ALL
        SELECT s.word, 9, true FROM search_words s WHERE s.word LIKE '%' || asked || '%'
      ) w
      WHERE w.part OR w.slips <= CASE WHEN length(asked) < 5 THEN 1 ELSE 2 END
      GROUP BY w.word ORDER BY close DESC, w.word LIMIT most;
  END $$`;

const VISIBLE = `(sees_all OR r.visibility = 'internal' OR viewer = ANY (r.owner_ids))`;
const OPEN = `r.archived_at IS NULL AND r.type = ANY (kinds) AND ${VISIBLE}`;

/** Adds the ids of a query to `found`. */
const find = (query: string): string => `found := found || ARRAY(${query});`;

/** Records of each kind whose column begins with `start`, in order: an index range per kind, left as soon as `most` are found. */
const beginning = (column: string, start: string, length: number): string => `
  SELECT hit.id FROM unnest(kinds) kind, LATERAL (
    SELECT r.id FROM records r
    WHERE r.type = kind AND ${column} ~>=~ left(${start}, ${length}) AND ${column} ~<=~ (left(${start}, ${length}) || chr(1114111))
      AND r.archived_at IS NULL AND ${VISIBLE}
    ORDER BY ${column} USING ~<~ LIMIT most) hit`;

const NAME = 'left(r.search_key, 100)';
const LAST_WORD = `left(split_part(r.search_key, ' ', -1), 60)`;
const WORDS = 'record_words(r.search_key, r.alias_key)';

/**
 * Sets `every_word` to the query for records that have all the words; the last one may be half typed. Asked of the
 * dictionary first: where a word is unknown the index need not gather all that begins like the last.
 */
const EVERY_WORD = `
      SELECT CASE WHEN count(*) FILTER (WHERE NOT known AND place < cardinality(asked)) = 0
        THEN string_agg(lexeme(one) || CASE WHEN known THEN '' ELSE ':*' END, ' & ')::tsquery END
        INTO every_word
        FROM (SELECT one, place, EXISTS (SELECT FROM search_words s WHERE s.word = one) AS known
              FROM unnest(asked) WITH ORDINALITY x (one, place)) words;`;

/**
 * Sets `readings` to what one or two words may have meant together, likeliest first, and `every_word` to the query for
 * records that have one of the similar words for each of the words; null where a word resembles none.
 */
const READINGS = `
      WITH alike AS MATERIALIZED (
        SELECT place, s.word, s.closeness FROM unnest(asked) WITH ORDINALITY x (one, place), similar_words(one, 8) s
      ), names AS (
        SELECT word AS name, closeness FROM alike WHERE cardinality(asked) = 1
        UNION ALL
        SELECT a.word || ' ' || b.word, a.closeness * b.closeness - 0.001 * a.place FROM alike a JOIN alike b ON a.place <> b.place
        WHERE cardinality(asked) = 2
        ORDER BY closeness DESC, name LIMIT 12
      )
      SELECT ARRAY(SELECT name FROM names ORDER BY closeness DESC, name),
             (SELECT CASE WHEN count(*) = cardinality(asked) THEN string_agg(words, ' & ')::tsquery END
              FROM (SELECT '(' || string_agg(lexeme(word), ' | ') || ')' AS words FROM alike GROUP BY place) places)
        INTO readings, every_word;`;

/**
 * Candidates for what was asked, at least `most` where there are as many, for the caller to rank: the tiers are tried from the best to
 * the least and nothing is looked for once there is enough. `starts` are the orders in which the name may begin,
 * `asked` its words, `address` an e-mail address or how one begins; viewer and sees_all as in visibleSql.
 */
const SEARCH = `
  CREATE FUNCTION search_records(asked_name text, starts text[], asked text[], address text, kinds text[],
                                 viewer uuid, sees_all boolean, most integer)
  RETURNS TABLE (type text, id uuid, title text, subtitle text, search_key text, alias_key text, address_found text)
  STABLE LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  DECLARE
    found uuid[] := '{}';
    start text;
    readings text[];
    initials text[];
    every_word tsquery;
  BEGIN
    IF address IS NOT NULL THEN
      RETURN QUERY SELECT DISTINCT ON (r.id) r.type, r.id, r.title, r.subtitle, r.search_key, r.alias_key, a.address
        FROM records_by_address(address, most) a JOIN records r USING (id) WHERE ${OPEN} ORDER BY r.id, length(a.address);
      RETURN;
    END IF;
    FOREACH start IN ARRAY starts LOOP
      ${find(beginning(NAME, 'start', 100))}
      EXIT WHEN cardinality(found) >= most;
    END LOOP;
    IF cardinality(found) < most THEN
      ${find(`SELECT r.id FROM records r WHERE r.alias_key <> '' AND ${OPEN}
              AND record_aliases(r.alias_key) && ARRAY[asked_name, left(asked_name, 100)] LIMIT most`)}
    END IF;
    IF cardinality(found) < most AND cardinality(asked) = 1 THEN
      ${find(beginning(LAST_WORD, 'asked[1]', 60))}
    END IF;
    initials := ARRAY(SELECT '% ' || one || '%' FROM unnest(asked) one WHERE length(one) = 1);
    asked := ARRAY(SELECT left(one, 60) FROM unnest(asked) WITH ORDINALITY x (one, place) WHERE length(one) > 1 ORDER BY place);
    IF cardinality(found) < most THEN
      ${EVERY_WORD}
      ${find(`SELECT r.id FROM records r WHERE ${WORDS} @@ every_word AND ' ' || r.search_key LIKE ALL (initials) AND ${OPEN} LIMIT most * 2`)}
    END IF;
    IF cardinality(found) < most AND cardinality(asked) <= 8 THEN
      ${READINGS}
      ${find(`SELECT name.id FROM unnest(readings) reading, LATERAL (${beginning(NAME, 'reading', 100)}) name LIMIT most`)}
      IF cardinality(asked) = 1 THEN
        ${find(`SELECT last.id FROM unnest(readings) reading, LATERAL (${beginning(LAST_WORD, 'reading', 60)}) last LIMIT most`)}
      END IF;
    END IF;
    IF cardinality(found) < most THEN
      ${find(`SELECT r.id FROM records r WHERE ${WORDS} @@ every_word AND ' ' || r.search_key LIKE ALL (initials) AND ${OPEN} LIMIT most`)}
    END IF;
    RETURN QUERY SELECT r.type, r.id, r.title, r.subtitle, r.search_key, r.alias_key, NULL
      FROM records r WHERE r.id = ANY (found);
  END $$`;

/** Every record that has, for each word of the folded key, that word, a continuation of it, a word it is part of or one it resembles. */
const MATCHING = `
  CREATE FUNCTION records_matching(asked text) RETURNS SETOF uuid STABLE LANGUAGE plpgsql SET enable_seqscan = off AS $$
  DECLARE
    every_word tsquery;
  BEGIN
    SELECT string_agg('(' || concat_ws(' | ', lexeme(left(one, 60)) || ':*',
        (SELECT string_agg(lexeme(s.word), ' | ') FROM similar_words(left(one, 60), 50) s)) || ')', ' & ')::tsquery
      INTO every_word FROM string_to_table(asked, ' ') one WHERE one <> '';
    RETURN QUERY SELECT r.id FROM records r WHERE record_words(r.search_key, r.alias_key) @@ every_word;
  END $$`;
