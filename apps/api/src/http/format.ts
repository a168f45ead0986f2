/** RFC 3339 in UTC, without a fraction where it is zero: 2026-03-10T14:00:00Z. */
export function instant(date: Date): string;
export function instant(date: Date | null): string | null;
export function instant(date: Date | null): string | null {
  if (date === null) return null;
  const text = date.toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

/** What every stored resource answers. */
export interface Stamped {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
}

/** Id, version and instants, the same in every answer; `archivedAt` only where it is set. */
export const stamps = (row: Stamped) => ({
  id: row.id,
  version: row.version,
  createdAt: instant(row.createdAt),
  updatedAt: instant(row.updatedAt),
  ...(row.archivedAt && { archivedAt: instant(row.archivedAt) }),
});

/** A page whose rows went through a presenter. */
export const presentPage = <Row, Answer, P extends { data: Row[] }>(
  page: P,
  present: (row: Row) => Answer,
): Omit<P, 'data'> & { data: Answer[] } => ({
  ...page,
  data: page.data.map(present),
});
