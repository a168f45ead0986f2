/** Bits of an entry that tell the shelf; the others tell keys apart that fall on one place. */
const SHELF_BITS = 21;
const SHELF_MASK = (1 << SHELF_BITS) - 1;
const SMALLEST = 1 << 14;
const LARGEST = 1 << 21;
/** Part of a table's places that are taken before the next table is begun. */
const FULL = 0.6;

/**
 * Tells on which shelves a key may stand, in four bytes for each key: a million rows have ten million keys. It may
 * point to a shelf in vain (about once in a hundred times), but never past one. Tables are added as they fill up: entries
 * are too small to be moved to a larger one.
 */
export class KeyIndex {
  private readonly tables: { places: Uint32Array; taken: number }[] = [];

  add(key: string, shelf: number): void {
    if (shelf < 1 || shelf > SHELF_MASK) throw new RangeError(`There is no shelf ${shelf}`);
    const [hash, check] = hashesOf(key);
    const table = this.open();
    const mask = table.places.length - 1;
    let at = hash & mask;
    while (table.places[at] !== 0) at = (at + 1) & mask;
    table.places[at] = ((check << SHELF_BITS) | shelf) >>> 0;
    table.taken++;
  }

  /** Adds the shelves on which the key may stand to `found`. */
  find(key: string, found: Set<number>): void {
    if (this.tables.length === 0) return;
    const [hash, check] = hashesOf(key);
    for (const { places } of this.tables) {
      const mask = places.length - 1;
      for (let at = hash & mask; places[at] !== 0; at = (at + 1) & mask) {
        const entry = places[at] as number;
        if (entry >>> SHELF_BITS === check) found.add(entry & SHELF_MASK);
      }
    }
  }

  private open(): { places: Uint32Array; taken: number } {
    const last = this.tables.at(-1);
    if (last && last.taken < last.places.length * FULL) return last;
    const size = last ? Math.min(last.places.length * 2, LARGEST) : SMALLEST;
    const table = { places: new Uint32Array(size), taken: 0 };
    this.tables.push(table);
    return table;
  }
}

/** A place and a check, from two runs of FNV-1a with different primes, mixed so that every bit depends on every letter. */
function hashesOf(text: string): [place: number, check: number] {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  a = Math.imul(a ^ (a >>> 16), 0x45d9f3b);
  b = Math.imul(b ^ (b >>> 13) ^ a, 0xc2b2ae35);
  return [(a ^ (a >>> 15)) >>> 0, b >>> SHELF_BITS];
}
