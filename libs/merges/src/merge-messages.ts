import type { Mapping, MergeJournal } from './merge-journal.js';
import { mapRows } from './merge-mover.js';
import type { LinkedTable } from './merge-schema.js';

/** The person that several become, as mails address them. */
export interface Addressee {
  id: string;
  name: string;
  email: string | null;
  /** Main addresses that mails of theirs may wait for. */
  addresses: string[];
}

/** Keeps the ledger true when people are merged: one mail to one person for one thing, at the address they have. */
export async function mergeMessages(
  journal: MergeJournal,
  table: LinkedTable,
  mappings: Mapping[],
  to: Addressee,
): Promise<void> {
  const extra = { map: mapRows(mappings), ids: [to.id, ...mappings.map(({ from }) => from)], ...to };
  const change = { table, extra };
  await journal.change({
    ...change,
    kind: 'cancelled',
    set: { status: `'cancelled'`, reason: `'merged'`, lease_until: 'NULL::timestamptz' },
    from: `JOIN LATERAL (${PLACED}) p ON p.id = t.id`,
    where: `p.place > 1 AND p.first_person <> t.person_id AND t.status IN ('planned', 'queued')`,
  });
  await journal.change({
    ...change,
    kind: 'rekeyed',
    set: { dedupe_key: `t.dedupe_key || '~' || t.id` },
    from: `JOIN LATERAL (${PLACED}) p ON p.id = t.id`,
    where: 'p.key_place > 1 AND p.key = t.dedupe_key',
  });
  await journal.change({
    ...change,
    kind: 'rekeyed',
    set: { dedupe_key: 'p.key' },
    from: `JOIN LATERAL (${PLACED}) p ON p.id = t.id`,
    where: 'p.key_place = 1 AND p.key <> t.dedupe_key',
  });
  await journal.change({
    ...change,
    kind: 'readdressed',
    set: { email: `coalesce(given.extra->>'email', t.email)`, recipient_name: `given.extra->>'name'` },
    where: `t.person_id = ANY(${GROUP}) AND t.status IN ('planned', 'queued')
      AND given.extra->'addresses' ? t.email
      AND (t.email, t.recipient_name) IS DISTINCT FROM (coalesce(given.extra->>'email', t.email), given.extra->>'name')`,
  });
}

const GROUP = `ARRAY(SELECT value::uuid FROM jsonb_array_elements_text(given.extra->'ids'))`;

/** Which of several mails for one thing is the one: what went out or may have, then what still will. */
const STRENGTH = `array_position(ARRAY['sent', 'sending', 'unknown', 'queued', 'planned'], x.status)`;

/** The thing of an invitation is what it invites to, of one that asks again also when; of other mails, the key under which they were planned. */
const PLACED = `
  SELECT y.id, y.key, row_number() OVER things AS place, first_value(y.person_id) OVER things AS first_person,
    row_number() OVER (PARTITION BY y.key ORDER BY y.strength, y.rank, y.id) AS key_place
  FROM (
    SELECT x.id, x.person_id, k.key, coalesce(${STRENGTH}, 9) AS strength, coalesce(m.merge_rank, 0) AS rank,
      CASE WHEN x.about_id IS NULL THEN k.key
        WHEN x.kind = 'invitation' THEN 'invitation ' || x.about_id
        WHEN x.kind = 'nudge' THEN 'nudge ' || x.about_id || regexp_replace(x.dedupe_key, '^nudge:[^:]*', '')
        ELSE k.key END AS thing
    FROM messages x
    LEFT JOIN jsonb_to_recordset(given.extra->'map') AS m (merge_from uuid, merge_to uuid, merge_rank int) ON m.merge_from = x.person_id,
    LATERAL (SELECT CASE WHEN m.merge_from IS NULL THEN x.dedupe_key
      ELSE replace(x.dedupe_key, m.merge_from::text, m.merge_to::text) END AS key) k
    WHERE x.person_id = ANY(${GROUP})
  ) y WINDOW things AS (PARTITION BY y.thing ORDER BY y.strength, y.rank, y.id)`;
