import { Fault, Invalid } from '#faults';

/** Bytes of a JSON body. */
export const BODY_LIMIT = 1_048_576;
/** Levels of nesting in a JSON body. */
export const DEPTH_LIMIT = 20;

/** Parses a JSON body: an object, or nothing. Throws what is answered as 400 or 422. */
export function parseJsonBody(body: Buffer | string): object | undefined {
  const text = decode(body);
  if (text.trim() === '') return undefined;
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('The body must be a JSON object.');
  inspect(value, '', 1);
  return value;
}

const malformed = (detail: string): Fault => new Fault('malformed', 'malformed_json', detail);

function decode(body: Buffer | string): string {
  if (typeof body === 'string') return body;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw malformed('The body is not UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(`The body is not JSON: ${(error as Error).message}`);
  }
}

/** Half of a character outside the basic plane; it cannot be written as UTF-8 and breaks who tries. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Keys that lead to a prototype; DTOs would drop them without a word. */
const UNSAFE_KEYS = new Set(['__proto__', 'constructor']);

/** Refuses what no field may hold: too deep nesting, lists of lists, keys that would reach a prototype, and text that cannot be stored. */
function inspect(value: unknown, pointer: string, depth: number): void {
  if (typeof value === 'string') inspectText(value, pointer);
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEPTH_LIMIT) throw malformed(`The body is nested deeper than ${DEPTH_LIMIT} levels.`);
  for (const [key, child] of Object.entries(value)) {
    const path = `${pointer}/${escapePointer(key)}`;
    if (UNSAFE_KEYS.has(key) || key.includes('\0')) {
      throw Invalid.field(path, 'unknown_property', 'This property does not exist.');
    }
    if (Array.isArray(value) && Array.isArray(child))
      throw Invalid.field(path, 'nested_list', 'A list cannot hold lists.');
    inspect(child, path, depth + 1);
  }
}

function inspectText(text: string, pointer: string): void {
  if (text.includes('\0')) throw Invalid.field(pointer, 'nul_character', 'Text cannot hold the character NUL.');
  if (LONE_SURROGATE.test(text)) throw Invalid.field(pointer, 'half_character', 'The text holds half of a character.');
}

/** RFC 6901 §3 */
export const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
