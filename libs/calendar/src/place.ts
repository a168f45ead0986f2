import { nameKey } from '#records';

/** Nobody travels from one table of a hall to the next. */
const TABLE = /\btable\s+\d+\b/gi;

/** What a place is told apart by, however it is spelled; null where it is unknown or has neither letters nor digits. */
export const placeKey = (place: string | null | undefined): string | null =>
  (place && nameKey(place.replace(TABLE, ' '))) || null;

/** SQL: whether the place with key `named` is the one with key `place`, which may say more exactly where that is. */
export const isPlaceSql = (named: string, place: string): string =>
  `string_to_array(${named}, ' ') <@ string_to_array(${place}, ' ')`;

/** SQL: whether two places are known and not the same; one that is only said more exactly is no other. */
const differSql = (a: string, b: string): string => `NOT (${isPlaceSql(a, b)} OR ${isPlaceSql(b, a)})`;

/** SQL: whether the way between the places with keys `a` and `b` is one that the rule `t` speaks of, in this direction. */
const leadsSql = (a: string, b: string): string =>
  `(t.from_key IS NULL OR ${isPlaceSql('t.from_key', a)}) AND (t.to_key IS NULL OR ${isPlaceSql('t.to_key', b)})`;

const IN_FORCE = 't.enabled AND t.archived_at IS NULL';

/**
 * SQL of a subquery with the `duration` (ISO 8601) and the `seconds` that somebody needs from one place to another, by
 * their keys; no row where no travel time is asked. The most specific rule speaks: both places before one before none;
 * of several such the longest way. `condition` keeps the rules from being asked in vain.
 */
export const travelSql = (a: string, b: string, condition: string): string => `
  SELECT t.duration, t.seconds FROM travel_times t
  WHERE ${condition} AND ${IN_FORCE} AND ${differSql(a, b)} AND ((${leadsSql(a, b)}) OR (${leadsSql(b, a)}))
    AND (num_nonnulls(t.from_key, t.to_key) <> 1 OR NOT (${isPlaceSql(ONE_PLACE, a)} AND ${isPlaceSql(ONE_PLACE, b)}))
  ORDER BY num_nonnulls(t.from_key, t.to_key) DESC, t.seconds DESC LIMIT 1`;

/** A rule for the ways to a city says nothing of those within it. */
const ONE_PLACE = 'coalesce(t.from_key, t.to_key)';

/** SQL: the longest travel time there is a rule for, as a table of one row. */
export const FARTHEST = `(SELECT make_interval(secs => coalesce(max(t.seconds), 0)) FROM travel_times t WHERE ${IN_FORCE})`;

/** SQL: seconds between two spans that do not overlap. */
export const gapSql = (a: string, b: string): string =>
  `extract(epoch FROM greatest(lower(${a}) - upper(${b}), lower(${b}) - upper(${a})))`;

/** SQL: two spans overlap, or the gap between them is shorter than the way, `travel` being a row of `travelSql`. */
export const clashSql = (a: string, b: string): string => `(${a} && ${b} OR travel.seconds > ${gapSql(a, b)})`;
