import { createHash } from 'node:crypto';
import { BadListRequest } from './list-faults.js';
import type { ListRequest } from './list-spec.js';

/** Where the last page ended: the sort values as PostgreSQL prints them, null included, and the id. */
export type Position = (string | null)[];

/** Form of the last sort key, the id. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Binds a cursor to the filters, search and sort it was made for. */
function fingerprint(request: ListRequest): string {
  const asked = JSON.stringify([request.filters, request.sort, request.q ?? null]);
  return createHash('sha256').update(asked).digest('base64url').slice(0, 12);
}

export function encodeCursor(request: ListRequest, position: Position): string {
  return Buffer.from(JSON.stringify([fingerprint(request), ...position])).toString('base64url');
}

/** Throws BadListRequest when the cursor is damaged or belongs to another question. */
export function decodeCursor(request: ListRequest, keys: number): Position | undefined {
  if (request.cursor === undefined) return undefined;
  const [mark, ...position] = parse(request.cursor);
  if (mark === fingerprint(request) && position.length === keys && UUID.test(position.at(-1) ?? '')) return position;
  throw BadListRequest.parameter(
    'cursor',
    'bad_cursor',
    'The cursor does not belong to this filter and sort; start again without it.',
  );
}

function parse(cursor: string): (string | null)[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isPosition(value)) return value;
  } catch {
    // Not JSON: the same answer as for any other damaged cursor.
  }
  throw BadListRequest.parameter('cursor', 'bad_cursor', 'The cursor is damaged; start again without it.');
}

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && value.every((part) => part === null || typeof part === 'string');
