import type { PositionRow } from '#members';

/**
 * How the programme bills somebody: "Title, Organization" of the preferred position that is held on a day
 * (YYYY-MM-DD), the newest first; null when there is none.
 */
export function billedTitle(positions: PositionRow[], today: string): string | null {
  const held = positions.filter(({ preferred, endedOn }) => preferred && (endedOn === null || endedOn >= today));
  const [newest] = held.toSorted((a, b) => (b.startedOn ?? '').localeCompare(a.startedOn ?? ''));
  if (!newest) return null;
  return newest.organizationName ? `${newest.title}, ${newest.organizationName}` : newest.title;
}
