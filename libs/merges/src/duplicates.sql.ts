/** A key that more records share than this names nobody in particular. */
const CROWD = 30;
/** Candidates by one sign, and pairs of the work list, that are looked at. */
const LOOKED_AT = 200;
const PAIRS = 600;
const GROUPS = 2000;

const PHONE = `right(regexp_replace(phone, '\\D', '', 'g'), 9)`;

export const PERSON_FACTS = `
  SELECT p.id, p.full_name AS title, p.email AS subtitle, p.country, p.phone, p.native_name AS "nativeName",
    array_remove(ARRAY[p.full_name, p.native_name] || p.aliases, NULL) AS names,
    array_remove(p.email || p.other_emails, NULL) AS emails,
    ARRAY(SELECT DISTINCT x.organization_id::text FROM positions x
          WHERE x.person_id = p.id AND x.archived_at IS NULL AND x.organization_id IS NOT NULL) AS "organizationIds"
  FROM people p WHERE p.id = ANY($1::uuid[]) AND p.archived_at IS NULL ORDER BY p.full_name, p.id`;

export const ORGANIZATION_FACTS = `
  SELECT o.id, o.name AS title, o.website AS subtitle, o.country, o.domain, o.parent_id AS "parentId",
    array_remove(ARRAY[o.name, o.legal_name] || o.aliases, NULL) AS names
  FROM organizations o WHERE o.id = ANY($1::uuid[]) AND o.archived_at IS NULL ORDER BY o.name, o.id`;

/** Found by one sign each, so that each goes through its own index; never the asked one, nor one known to be another. */
const candidates = (table: string, signs: string[]): string => `
  WITH found AS (${signs.map((sign) => `(${sign} LIMIT ${LOOKED_AT})`).join(' UNION ')})
  SELECT f.id FROM found f JOIN ${table} t ON t.id = f.id
  WHERE t.archived_at IS NULL AND t.id <> $1::uuid AND NOT EXISTS (
    SELECT FROM duplicate_dismissals d WHERE d.a_id = least(t.id, $1::uuid) AND d.b_id = greatest(t.id, $1::uuid))`;

const byName = (table: string): string[] => [
  `SELECT id FROM ${table} WHERE match_key = ANY($2::text[]) AND archived_at IS NULL`,
  `SELECT id FROM ${table} WHERE alias_key <> '' AND string_to_array(alias_key, '|') && $3::text[] AND archived_at IS NULL`,
  `SELECT id FROM ${table} WHERE search_key % $4 AND archived_at IS NULL ORDER BY similarity(search_key, $4) DESC`,
];

/** $1 id, $2 match keys, $3 folded names, $4 folded name, $5 e-mails, $6 nine digits, $7 organizations. */
export const ofPerson = (): string =>
  candidates('people', [
    ...byName('people'),
    'SELECT id FROM people WHERE email = ANY($5::text[]) AND archived_at IS NULL',
    `SELECT id FROM people WHERE other_emails <> '{}' AND other_emails && $5::text[] AND archived_at IS NULL`,
    `SELECT id FROM people WHERE phone IS NOT NULL AND ${PHONE} = $6::text AND archived_at IS NULL`,
    `SELECT p.id FROM positions x JOIN people p ON p.id = x.person_id
     WHERE x.organization_id = ANY($7::uuid[]) AND x.archived_at IS NULL AND similarity(p.search_key, $4) > 0.25`,
  ]);

/** $1 id, $2 match keys, $3 folded names, $4 folded name, $5 domain. */
export const ofOrganization = (): string =>
  candidates('organizations', [
    ...byName('organizations'),
    'SELECT id FROM organizations WHERE domain = $5::text AND archived_at IS NULL',
  ]);

/**
 * Pairs that share a value of one of `keys`. The surest signs come first, and of those the rarest
 * values: only so many groups become pairs, however large the directory is.
 */
const pairsOf = (table: string, keys: string[], compatible: string): string => `
  WITH crowds AS (
    SELECT * FROM (${keys.join(' UNION ALL ')}) k ORDER BY weight DESC, cardinality(ids), ids LIMIT ${GROUPS}
  ), pairs AS (
    SELECT a.id AS a, b.id AS b, sum(weight) AS weight, bool_or(sign <> 'name') AS sure
    FROM crowds, unnest(ids) AS a (id), unnest(ids) AS b (id) WHERE a.id < b.id GROUP BY 1, 2)
  SELECT p.a, p.b FROM pairs p JOIN ${table} x ON x.id = p.a JOIN ${table} y ON y.id = p.b
  WHERE (p.sure OR ((x.country = y.country OR x.country IS NULL OR y.country IS NULL) AND ${compatible}))
    AND NOT EXISTS (SELECT FROM duplicate_dismissals d WHERE d.a_id = p.a AND d.b_id = p.b)
  ORDER BY p.weight DESC, p.a, p.b LIMIT ${PAIRS}`;

const workingAt = (side: string): string =>
  `(SELECT h.organization_id FROM positions h WHERE h.person_id = p.${side} AND h.archived_at IS NULL AND h.organization_id IS NOT NULL)`;

/** Of two namesakes, one works nowhere that is known, or both at one place. */
const AT_ONE_PLACE = `(NOT EXISTS ${workingAt('a')} OR NOT EXISTS ${workingAt('b')}
  OR EXISTS (${workingAt('a')} INTERSECT ${workingAt('b')}))`;

/** Groups of rows that share a value; each sign is grouped by itself, so that nothing is sorted. */
const shared = (sign: string, weight: number, values: string): string =>
  `SELECT '${sign}' AS sign, ${weight} AS weight, array_agg(id) AS ids FROM (${values}) v (id, value)
   GROUP BY value HAVING count(*) BETWEEN 2 AND ${CROWD}`;

const live = (table: string, value: string, condition: string): string =>
  `SELECT id, ${value} FROM ${table} WHERE archived_at IS NULL AND ${condition}`;

const EMAILS = `${live('people', 'email', 'email IS NOT NULL')} UNION ALL ${live('people', 'unnest(other_emails)', `other_emails <> '{}'`)}`;

export const PERSON_PAIRS = pairsOf(
  'people',
  [
    shared('email', 4, EMAILS),
    shared('name', 3, live('people', 'match_key', `match_key LIKE '% %'`)),
    shared('phone', 2, live('people', PHONE, `length(${PHONE}) >= 7`)),
  ],
  AT_ONE_PLACE,
);

export const ORGANIZATION_PAIRS = pairsOf(
  'organizations',
  [
    shared('domain', 3, live('organizations', 'domain', 'domain IS NOT NULL')),
    shared('name', 3, live('organizations', 'match_key', `match_key <> ''`)),
  ],
  'true',
);
