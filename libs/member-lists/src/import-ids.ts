import { randomFillSync } from 'node:crypto';

/** Random bytes fetched and written as hexadecimal digits at once: for each id alone that costs more than the rest. */
const POOL = 8 * 1_024;
const bytes = Buffer.alloc(POOL);
let digits = '';
let used = 0;
/** Milliseconds since 1970 in the ids made last, and how many there are of them. */
let [instant, count] = [0, 0];
let head = '';

/**
 * A UUIDv7 (RFC 9562), as for every other record, for when thousands are made at once. Those of one process are in
 * order: `rand_a` counts the ids of a millisecond (section 6.2, method 1), the rest is random.
 */
export function newId(): string {
  const now = Date.now();
  if (now > instant) begin(now);
  else if (count === 0xfff) begin(instant + 1);
  else count++;
  if (used + 16 > digits.length) {
    digits = randomFillSync(bytes).toString('hex');
    used = 0;
  }
  const random = digits.slice(used, used + 16);
  used += 16;
  const variant = '89ab'[parseInt(random.charAt(0), 16) & 3] as string;
  return `${head}-7${count.toString(16).padStart(3, '0')}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
}

function begin(at: number): void {
  [instant, count] = [at, 0];
  const time = at.toString(16).padStart(12, '0');
  head = `${time.slice(0, 8)}-${time.slice(8)}`;
}
