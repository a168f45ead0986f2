import { findMojibake } from './mojibake.js';

/** Stands where a letter was lost before the file was made. */
const LOST = '\ufffd';
/** Characters kept of the text before, so that nothing is missed where two stretches meet. */
const TAIL = 8;

/** Something in a text, by the number of characters (UTF-16 units) before it. */
export interface Sighting {
  at: number;
  /** The word it stands in. */
  word: string;
}

/** Looks through a text that streams by for what shows that letters are lost or were decoded wrongly before. */
export class TextWatch {
  /** The first NUL character. */
  nul: number | undefined;
  mojibake: Sighting | undefined;
  lost: Sighting | undefined;
  private seen = 0;
  private tail = '';

  look(text: string): void {
    const nul = text.indexOf('\0');
    if (nul >= 0) this.nul ??= this.seen + nul;
    if (!this.lost) this.lookForLost(text);
    if (!this.mojibake) this.lookForMojibake(text);
    this.seen += text.length;
    this.tail = text.slice(-TAIL);
  }

  private lookForLost(text: string): void {
    const at = text.indexOf(LOST);
    if (at < 0) return;
    const word = /\S{0,12}$/u.exec(text.slice(Math.max(0, at - 12), at))?.[0] ?? '';
    this.lost = { at: this.seen + at, word: word + (/^[^\s,;|"]{1,16}/u.exec(text.slice(at))?.[0] ?? '') };
  }

  private lookForMojibake(text: string): void {
    const found = findMojibake(this.tail + text);
    if (found) this.mojibake = { at: this.seen - this.tail.length + found.index, word: found.word };
  }
}
