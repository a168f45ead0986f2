import { probabilitySql, WORKING_STAGES } from '#deals';
import { currentActor, Parameters } from '#database';
import { nameKey, sectorCodesSql } from '#records';
import type { PipelineRequest } from './pipeline.js';
import { ratesParameter, sumsSql } from './rates.js';

/** SQL and what it is bound to. */
export interface Query {
  sql: string;
  parameters: unknown[];
}

/** The condition for a deal `d`. */
function conditionsSql(request: PipelineRequest, parameters: Parameters): string {
  const { stages, kinds, countries, sectors, ownerId } = request;
  const bind = (value: unknown): string => parameters.add(value);
  const conditions = ['d.archived_at IS NULL'];
  if (stages) conditions.push(`d.stage = ANY(${bind(stages)}::text[])`);
  if (kinds) conditions.push(`d.kind = ANY(${bind(kinds)}::text[])`);
  if (countries) conditions.push(`d.country = ANY(${bind(countries)}::text[])`);
  if (sectors) conditions.push(`d.sectors && ${sectorCodesSql(bind(sectors), bind(sectors.map(nameKey)))}`);
  if (ownerId) conditions.push(`d.owner_id = ${bind(ownerId === 'me' ? currentActor().id : ownerId)}::uuid`);
  if (request.from ?? request.to) conditions.push(begunSql(request, bind));
  return conditions.join(' AND ');
}

const begunSql = ({ from, to }: PipelineRequest, bind: (value: unknown) => string): string => `EXISTS (
  SELECT FROM deal_stage_changes f WHERE f.deal_id = d.id AND f.place = 1
    AND f.at >= coalesce(${bind(from ?? null)}::date, '-infinity'::date)::timestamp AT TIME ZONE 'UTC'
    AND f.at < coalesce(${bind(to ?? null)}::date + 1, 'infinity'::date)::timestamp AT TIME ZONE 'UTC')`;

const STATE = `CASE stage WHEN 'closed_won' THEN 'won' WHEN 'closed_lost' THEN 'lost' ELSE 'open' END`;

/** Rows of one group, state and currency; group NULL holds the totals. */
const groupedSql = (request: PipelineRequest, parameters: Parameters): string => `
  WITH picked AS (
    SELECT d.stage, d.country, d.owner_id, nullif(d.sectors, '{}') AS sectors, d.currency, d.amount,
      d.amount * ${probabilitySql('d')} * 0.01 AS weighted
    FROM deals d WHERE ${conditionsSql(request, parameters)}
  ), fine AS (
    SELECT CASE WHEN grouping(country) = 0 THEN 'country' WHEN grouping(owner_id) = 0 THEN 'owner' ELSE 'stage' END AS "group",
      coalesce(country, owner_id::text) AS key, stage, currency, count(*) AS deals, sum(amount) AS value, sum(weighted) AS weighted
    FROM picked GROUP BY GROUPING SETS ((stage, currency, country), (stage, currency, owner_id), (stage, currency))
    UNION ALL
    SELECT 'sector', x.sector, stage, currency, count(*), sum(amount), sum(weighted)
    FROM picked LEFT JOIN LATERAL unnest(sectors) AS x (sector) ON true GROUP BY x.sector, stage, currency
  ), grouped AS (
    SELECT f."group", CASE f."group" WHEN 'stage' THEN stage ELSE f.key END AS key, ${STATE} AS state, f.currency,
      sum(f.deals) AS deals, sum(f.value) AS value, sum(f.weighted) AS weighted
    FROM fine f WHERE f."group" = ANY(${parameters.add(request.by)}::text[]) GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT NULL, NULL, ${STATE}, currency, sum(deals), sum(value), sum(weighted) FROM fine WHERE "group" = 'stage' GROUP BY 3, 4
  ), named AS (
    SELECT g.*, coalesce(u.name, s.labels ->> 'en') AS name
    FROM grouped g LEFT JOIN users u ON g."group" = 'owner' AND u.id::text = g.key
    LEFT JOIN sectors s ON g."group" = 'sector' AND s.code = g.key
  )`;

/** Figures of each group and state. */
export function groupsQuery(request: PipelineRequest): Query {
  const parameters = new Parameters();
  const rates = parameters.add(ratesParameter(request.rates));
  return {
    sql: `${groupedSql(request, parameters)}
  SELECT "group", key, name, state, sum(deals)::int AS deals,
    coalesce(sum(deals) FILTER (WHERE currency IS NULL), 0)::int AS "withoutValue",
    ${sumsSql('currency', 'value', rates)} AS value, ${sumsSql('currency', 'weighted', rates)} AS weighted
  FROM named GROUP BY "group", key, name, state`,
    parameters: parameters.values,
  };
}

/** The same, a row for each currency: deals that are in two rows are in two groups. */
export function linesQuery(request: PipelineRequest): Query {
  const parameters = new Parameters();
  const rate = `(${parameters.add(ratesParameter(request.rates))}::jsonb -> 'rates' ->> currency)::numeric`;
  return {
    sql: `${groupedSql(request, parameters)}
  SELECT "group", key, name, state, currency, deals::int, round(value, 2)::text AS value, round(weighted, 2)::text AS weighted,
    round(value * ${rate}, 2)::text AS "convertedValue", round(weighted * ${rate}, 2)::text AS "convertedWeighted"
  FROM named WHERE "group" IS NOT NULL ORDER BY name, key, array_position('{open,won,lost}'::text[], state), currency`,
    parameters: parameters.values,
  };
}

/**
 * The history of the deals asked for, a row for each change `s`. What is known to the month or year is kept as its first moment, which may be before
 * that of the change before it: then it begins with that one.
 */
const historySql = (request: PipelineRequest, parameters: Parameters, select: string): string => `
  SELECT ${select} FROM deal_stage_changes s JOIN deals d ON d.id = s.deal_id WHERE ${conditionsSql(request, parameters)}
  WINDOW history AS (PARTITION BY s.deal_id ORDER BY s.place)`;

const BEGAN = 'max(s.at) OVER history';

/** Stays in stages of open deals, those over and those that last. */
export function timesQuery(request: PipelineRequest, now: Date): Query {
  const parameters = new Parameters();
  const vague = (precision: string): string => `coalesce(${precision} IN ('month', 'year'), false)`;
  const next = 'lead(s.date_precision) OVER history';
  const steps = historySql(
    request,
    parameters,
    `s.to_stage AS stage, ${BEGAN} AS began, lead(s.at) OVER history AS ended,
    ${vague('s.date_precision')} OR ${vague(next)} AS vague`,
  );
  return {
    sql: `
  WITH steps AS (${steps}), stays AS (
    SELECT stage, ended IS NOT NULL AS past,
      CASE WHEN NOT vague THEN greatest(date_part('epoch', coalesce(ended, ${parameters.add(now)}::timestamptz) - began), 0) / 86400 END AS days
    FROM steps WHERE stage NOT IN ('closed_won', 'closed_lost')
  )
  SELECT stage, past, count(*)::int AS count, (count(*) - count(days))::int AS unmeasured,
    round((percentile_cont(0.5) WITHIN GROUP (ORDER BY days))::numeric, 1)::float8 AS "medianDays",
    round(avg(days)::numeric, 1)::float8 AS "meanDays", round(max(days)::numeric, 1)::float8 AS "longestDays"
  FROM stays GROUP BY stage, past`,
    parameters: parameters.values,
  };
}

/** StagesPassed. */
export function passedQuery(request: PipelineRequest): Query {
  const parameters = new Parameters();
  const bits = WORKING_STAGES.map((stage, place) => `WHEN '${stage}' THEN ${1 << place}`).join(' ');
  return {
    sql: `
  SELECT entered, stage, count(*)::int AS deals FROM (
    SELECT d.stage, bit_or(CASE s.to_stage ${bits} ELSE 0 END) AS entered
    FROM deal_stage_changes s JOIN deals d ON d.id = s.deal_id WHERE ${conditionsSql(request, parameters)} GROUP BY d.id
  ) AS passed GROUP BY entered, stage`,
    parameters: parameters.values,
  };
}

/** MonthlyChanges; months are YYYY-MM, the last one the present. */
export function changesQuery(request: PipelineRequest, first: string, last: string): Query {
  const parameters = new Parameters();
  const steps = historySql(request, parameters, `s.from_stage, s.to_stage, ${BEGAN} AS began`);
  const start = `${parameters.add(`${first}-01`)}::timestamp AT TIME ZONE 'UTC'`;
  const end = `${parameters.add(`${last}-01`)}::timestamp AT TIME ZONE 'UTC'`;
  return {
    sql: `
  WITH steps AS (${steps}), monthly AS (
    SELECT from_stage, to_stage, CASE WHEN began >= ${start} THEN least(date_trunc('month', began, 'UTC'), ${end}) END AS month, count(*) AS changes
    FROM steps GROUP BY 1, 2, 3
  )
  SELECT to_char(month AT TIME ZONE 'UTC', 'YYYY-MM') AS month, from_stage AS "from", to_stage AS "to", changes::int FROM monthly`,
    parameters: parameters.values,
  };
}
