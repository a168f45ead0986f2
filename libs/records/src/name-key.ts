/**
 * Folds names so that one name gives one key however it reached us: Azerbaijani Latin or Cyrillic, Russian, Turkish,
 * the English press, or a spreadsheet without special letters. A key is for looking up and matching, never for display.
 *
 * A name is first spelled the way the English press would (`ş` → `sh`, `ж` → `zh`, `ə` → `a`), then sounds that
 * different routes write differently become one letter. Each class is the smallest that makes the pairs beside it equal.
 *
 * | written as                         | key  | because                                                   |
 * |------------------------------------|------|-----------------------------------------------------------|
 * | ə a e э ä                          | `a`  | Məmmədov, Mammadov, Memmedov                              |
 * | i ı y й ы                          | `i`  | Heydər, Heidar · Aydın, Aydyn                             |
 * | h x q k g ğ kh gh ck х г к һ       | `g`  | Hüseynov, Guseynov · Qurbanov, Kurbanov, Gurbanov         |
 * | c j ж zh dzh dj дж                 | `j`  | Cəfər, Jafar, Dzhafar                                     |
 * | ş sh sch ш                         | `sh` | Şahbazov, Шахбазов                                        |
 * | ç ch ч                             | `ch` | Çingiz, Чингиз                                            |
 * | f ph · v w · o ö · u ü             | `f` `v` `o` `u` | Rövşən, Rovshan                                |
 * | y between a vowel (or nothing) and e | –  | Aliyev, Aliev, Алиев · Musayev, Мусаев · Yevlax, Евлах    |
 * | y after a consonant, before a, o, u | –   | Кязимов, Kazımov · Гюльнара, Gülnarə                      |
 * | a letter twice (not `a`, no digit) | once | Məmmədov, Mamedov                                         |
 * | ь ъ, apostrophes, marks            | –    | Ильхам, İlham · O’Brien                                   |
 *
 * The price: `Hill` and `Gill` share a key, and `x` is never read as `ks`. Other scripts keep their letters, case-folded.
 */

const SPELLED: Readonly<Record<string, string>> = {
  // Latin letters that do not decompose into a base letter and a mark, or whose mark changes the sound.
  ...{ ə: 'a', ǝ: 'a', ä: 'a', æ: 'a', ı: 'i', ş: 'sh', š: 'sh', ș: 'sh', ç: 'ch', č: 'ch', ğ: 'gh', ž: 'zh' },
  ...{ ł: 'l', đ: 'd', ð: 'd', ø: 'o', œ: 'o', ß: 's', þ: 't', ħ: 'kh', ŋ: 'n' },
  // Russian.
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l' },
  ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh' },
  ...{ щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
  // Azerbaijani Cyrillic, then Kazakh, Tajik and Ukrainian letters.
  ...{ ә: 'a', ғ: 'gh', ҝ: 'g', ө: 'o', ү: 'u', һ: 'kh', ҹ: 'j', ј: 'y' },
  ...{ қ: 'k', ң: 'n', ұ: 'u', ҳ: 'kh', ҷ: 'j', і: 'i', ї: 'yi', є: 'ye', ґ: 'g' },
};

/** Sounds of plain letters. */
const SOUND: Readonly<Record<string, string>> = {
  ...{ a: 'a', e: 'a', i: 'i', y: 'i', o: 'o', u: 'u', g: 'g', h: 'g', k: 'g', q: 'g', x: 'g', c: 'j', j: 'j' },
  ...{ b: 'b', d: 'd', f: 'f', l: 'l', m: 'm', n: 'n', p: 'p', r: 'r', s: 's', t: 't', v: 'v', w: 'v', z: 'z' },
};

/** Sounds written with several letters, longest first for each first letter. */
const DIGRAPHS: Readonly<Record<string, readonly (readonly [letters: string, sound: string])[]>> = {
  c: [
    ['ch', 'ch'],
    ['ck', 'g'],
  ],
  g: [['gh', 'g']],
  k: [['kh', 'g']],
  p: [['ph', 'f']],
  s: [
    ['sch', 'sh'],
    ['sh', 'sh'],
  ],
  z: [['zh', 'j']],
};

/** Looked up with `includes`, so the start of a word ('') counts as a vowel: Yevlax begins like Евлах, Yusif keeps its y. */
const VOWELS = 'aiou';
const APOSTROPHES = "'’‘`ʼʻʹ";
const ASCII = /^[\x00-\x7f]*$/;
const INVISIBLE = /\p{Cf}/gu;
const DOT_BETWEEN_INITIALS = /(?<=(?<![\p{L}\p{N}])\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))/gu;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const MARK = /\p{M}/u;

/** Legal forms at the end of a name, as spelled by `wordsOf`: `ash` is A.Ş., `shti` is Şti. */
const LEGAL_FORMS = new Set(
  (
    'mmc asc qsc llc llp lp inc incorporated corp corporation co company ltd limited plc gmbh ag sa bv nv ' +
    'ooo oao zao pao ao too ash shti sti'
  ).split(' '),
);
/** Legal forms that Russian usage puts first. Latin AO is left out: it begins ordinary names. */
const LEADING_LEGAL_FORMS = new Set('ооо оао зао пао ао тоо ooo oao zao pao'.split(' '));
const LINKING_WORDS = new Set(['and', 'the', 'və', 've', 'и']);
/** oğlu and qızı (son, daughter of) in every spelling, folded. */
const PATRONYMIC_ENDINGS = new Set(['oglu', 'ogli', 'gizi']);

interface Word {
  /** Lower case, composed, in its own script. */
  readonly raw: string;
  /** In plain letters where the script is Latin or Cyrillic. */
  readonly spelled: string;
  /** `spelled`, folded. */
  readonly key: string;
}

/** A word being read, character by character. */
interface Letters {
  readonly raw: string;
  readonly spelled: string;
  /** What the last character was spelled as. */
  readonly last: string;
}

/**
 * The words of pieces of text that came up lately: a members list repeats given names, surnames and legal forms
 * thousands of times. Emptied when it is full, which costs less than to know which ones came up longest ago.
 */
const recent = new Map<string, readonly Word[]>();
const RECENT = 10_000;

/**
 * The key of a name in its own word order: lower-case ASCII letters, digits and single spaces for Latin and Cyrillic.
 * Composed and decomposed input give one key; the key of a key is that key; it is empty only without letters and digits.
 */
export function nameKey(name: string): string {
  return joined(wordsOf(name), (word) => word.key);
}

/**
 * The key that one person's names share: word order, initials beside two full names and "Rəşid oğlu" do not matter.
 * Equal keys are evidence, not proof: different people do bear the same name.
 */
export function personKey(name: string): string {
  const words = withoutPatronymic(nameKey(name).split(' '));
  const full = words.filter((word) => !isInitial(word));
  if (full.length >= 2 || full.length === words.length) return full.sort().join(' ');
  return [...full, fold(words.filter(isInitial).join(''))].sort().join(' ');
}

/**
 * The key that one organization's names share: legal forms (MMC, LLC, Inc., ООО, A.Ş.) and linking words do not matter,
 * unless the name has nothing else. Plain words of up to three letters are not folded, so that GM, KM and HM stay apart.
 */
export function organizationKey(name: string): string {
  const words = wordsOf(name);
  const linked = words.filter((word) => !LINKING_WORDS.has(word.raw));
  let [start, end] = [0, linked.length];
  while (start < end && LEADING_LEGAL_FORMS.has(linked[start]?.raw ?? '')) start++;
  while (start < end && LEGAL_FORMS.has(linked[end - 1]?.spelled ?? '')) end--;
  const kept = start < end ? linked.slice(start, end) : words;
  return joined(kept, (word) => (word.raw.length <= 3 && /^[a-z]+$/.test(word.raw) ? word.raw : word.key));
}

function withoutPatronymic(words: string[]): string[] {
  if (words.length < 4) return words;
  const at = words.findIndex((word) => PATRONYMIC_ENDINGS.has(word));
  return at > 0 ? words.toSpliced(at - 1, 2) : words;
}

function isInitial(word: string): boolean {
  return word.length <= 2 && /^([a-z]|sh|ch)$/.test(word);
}

function joined(words: readonly Word[], part: (word: Word) => string): string {
  const key = words.map(part).join(' ');
  return ASCII.test(key) ? key : key.normalize('NFKC');
}

/** No rule reaches over a space, so that each piece between two of them can be read, and remembered, by itself. */
function wordsOf(name: string): readonly Word[] {
  if (!name.includes(' ')) return wordsOfPiece(name);
  const words: Word[] = [];
  for (const piece of name.split(' ')) {
    for (const word of wordsOfPiece(piece)) words.push(word);
  }
  return words;
}

function wordsOfPiece(piece: string): readonly Word[] {
  const known = recent.get(piece);
  if (known) return known;
  const words = readWords(piece);
  // A long piece is no word; keeping it would only fill the memory.
  if (piece.length <= 40) {
    if (recent.size >= RECENT) recent.clear();
    recent.set(piece, words);
  }
  return words;
}

function readWords(piece: string): Word[] {
  const words: Word[] = [];
  let word: Letters = { raw: '', spelled: '', last: '' };
  const end = (): void => {
    if (word.raw !== '') words.push({ raw: word.raw, spelled: word.spelled, key: fold(word.spelled) });
    word = { raw: '', spelled: '', last: '' };
  };
  for (const char of prepared(piece)) {
    const letters = spell(char, word);
    if (letters === undefined) end();
    else word = { raw: word.raw + char, spelled: word.spelled + letters, last: letters };
  }
  end();
  return words;
}

/** Lower case and composed; `U.S.` becomes `us`, `&` becomes a word. 'İ' alone grows a combining dot in lower case. */
function prepared(name: string): string {
  const lower = ASCII.test(name)
    ? name.toLowerCase()
    : name.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().replaceAll('i\u0307', 'i');
  const joined = lower.includes('.') ? lower.replace(DOT_BETWEEN_INITIALS, '') : lower;
  return joined.includes('&') ? joined.replaceAll('&', ' and ') : joined;
}

/** The plain letters for one more character of a word, or undefined when the character ends the word. */
function spell(char: string, word: Letters): string | undefined {
  if ((char >= 'a' && char <= 'z') || (char >= '0' && char <= '9')) return char;
  if (APOSTROPHES.includes(char)) return word.raw.length === 0 ? undefined : '';
  return char < '\u0080' ? undefined : spellForeign(char, word);
}

function spellForeign(char: string, word: Letters): string | undefined {
  const known = SPELLED[char];
  if (known === '') return word.raw.length === 0 ? 'i' : '';
  if (char === 'е') return SPELLED[word.raw.at(-1) ?? ''] === '' ? 'ye' : 'e';
  if (known !== undefined) return known;
  if (MARK.test(char)) return spellMark(char, word);
  if (!LETTER_OR_DIGIT.test(char)) return undefined;
  const base = char.normalize('NFD').charAt(0);
  return base >= 'a' && base <= 'z' ? base : (SPELLED[base] ?? char);
}

/** Marks belong to the letter in scripts such as Devanagari; on Latin and Cyrillic letters they are dropped. */
function spellMark(mark: string, word: Letters): string | undefined {
  if (word.raw.length === 0) return undefined;
  return word.last < '\u0080' ? '' : mark;
}

function fold(spelled: string): string {
  const key: string[] = [];
  for (let at = 0; at < spelled.length;) {
    const letter = spelled.charAt(at);
    const digraph = DIGRAPHS[letter]?.find(([letters]) => spelled.startsWith(letters, at));
    const sound = digraph?.[1] ?? SOUND[letter];
    if (sound === undefined) key.push(letter);
    else if (letter !== 'y' || !isSilentY(key, spelled.charAt(at + 1))) addSound(key, sound);
    at += digraph?.[0].length ?? 1;
  }
  return key.join('');
}

function isSilentY(key: readonly string[], next: string): boolean {
  return VOWELS.includes(key.at(-1) ?? '') ? next === 'e' : next === 'a' || next === 'o' || next === 'u';
}

/** Keeps the key free of whatever a second folding would still shorten: that makes the key of a key the same key. */
function addSound(key: string[], sound: string): void {
  if (sound === 'j' && key.at(-1) === 'd') key.pop();
  if (sound === 'u' && key.at(-1) === 'i' && !VOWELS.includes(key.at(-2) ?? '')) key.pop();
  if (sound === 'a' || key.at(-1) !== sound) key.push(sound);
}
