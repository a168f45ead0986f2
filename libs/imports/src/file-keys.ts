import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { FileKey } from './import-target.js';
import { KeyIndex } from './key-index.js';
import { copyRows } from './row-copy.js';

/** Keys kept together in one row of `import_keys`. */
const SHELF = 64;
/** Shelves read at once when an index is built again. */
const PAGE = 1_000;
/** Milliseconds after which the index of an import nobody works on here is let go. */
const IDLE = 60_000;

interface Register {
  index: KeyIndex;
  /** Row of the file up to which the keys are in the index. */
  through: number;
  shelves: number;
  usedAt: number;
}

/** What the shelf of a subject holds: whose keys, in which row's plan it stands, what was said of it, the keys. */
type Group = [subjectId: string, rowNumber: number, fields: string[] | null, ...keys: string[]];

/**
 * Keys under which earlier rows of a file made somebody known to later ones. PostgreSQL keeps them in shelves, a few
 * dozen keys in a row; the worker keeps a small index of who stands where. Nearly every key of a file is new, and the
 * index says so without asking anybody. A worker that takes an import over builds its index from the shelves.
 */
@Injectable()
export class FileKeys {
  private readonly registers = new Map<string, Register>();

  constructor(private readonly database: Database) {}

  /** Keys of an import whose analysis has come to a row; inside the transaction of the next batch. */
  async open(importId: string, through: number): Promise<OpenKeys> {
    const now = Date.now();
    for (const [id, { usedAt }] of this.registers) if (usedAt < now - IDLE) this.registers.delete(id);
    const known = this.registers.get(importId);
    const register = known?.through === through ? known : await this.rebuild(importId, through);
    register.usedAt = now;
    this.registers.set(importId, register);
    return new OpenKeys(this.database, importId, register);
  }

  /** Keys serve the analysis only. */
  async forget(importId: string): Promise<void> {
    this.registers.delete(importId);
    await this.database.query('DELETE FROM import_keys WHERE import_id = $1', [importId]);
  }

  private async rebuild(importId: string, through: number): Promise<Register> {
    const register = { index: new KeyIndex(), through, shelves: 0, usedAt: 0 };
    for (let more = through > 0; more;) {
      const page = await this.database.query<{ shelf: number; keys: Group[] }>(
        'SELECT shelf, keys FROM import_keys WHERE import_id = $1 AND shelf > $2 ORDER BY shelf LIMIT $3',
        [importId, register.shelves, PAGE],
      );
      for (const { shelf, keys } of page) index(register, shelf, keys);
      more = page.length === PAGE;
    }
    return register;
  }
}

/** The keys of one import during one batch. */
export class OpenKeys {
  private readonly read = new Map<number, Group[]>();

  constructor(
    private readonly database: Database,
    private readonly importId: string,
    private readonly register: Register,
  ) {}

  /** What earlier batches kept under some keys; of what was said twice about a subject, the latter. */
  async find(keys: string[]): Promise<FileKey[]> {
    const shelves = new Set<number>();
    for (const key of keys) this.register.index.find(key, shelves);
    if (shelves.size === 0) return [];
    await this.fetch([...shelves].filter((shelf) => !this.read.has(shelf)));
    const wanted = new Set(keys);
    const found = new Map<string, FileKey>();
    for (const shelf of [...shelves].sort((a, b) => a - b)) {
      for (const [subjectId, rowNumber, fields, ...held] of this.read.get(shelf) ?? []) {
        for (const key of held) {
          if (wanted.has(key)) found.set(`${key} ${subjectId}`, { key, subjectId, rowNumber, fields });
        }
      }
    }
    return [...found.values()];
  }

  /** Keeps what a batch adds; the index learns of it when the batch is committed. */
  async keep(keys: FileKey[], through: number): Promise<void> {
    const { register, importId } = this;
    const shelves: [shelf: number, groups: Group[]][] = [];
    for (let at = 0; at < keys.length; at += SHELF) {
      shelves.push([register.shelves + shelves.length + 1, grouped(keys.slice(at, at + SHELF))]);
    }
    if (shelves.length > 0) {
      const rows = shelves.map(([shelf, groups]) => [importId, shelf, JSON.stringify(groups)]);
      await copyRows(this.database, 'import_keys (import_id, shelf, keys)', rows);
    }
    this.database.afterCommit(() => {
      for (const [shelf, groups] of shelves) index(register, shelf, groups);
      register.through = through;
      return Promise.resolve();
    });
  }

  private async fetch(shelves: number[]): Promise<void> {
    if (shelves.length === 0) return;
    const rows = await this.database.query<{ shelf: number; keys: Group[] }>(
      'SELECT shelf, keys FROM import_keys WHERE import_id = $1 AND shelf = ANY($2::int[])',
      [this.importId, shelves],
    );
    for (const { shelf, keys } of rows) this.read.set(shelf, keys);
  }
}

function index(register: Register, shelf: number, groups: Group[]): void {
  for (const [, , , ...keys] of groups) for (const key of keys) register.index.add(key, shelf);
  register.shelves = shelf;
}

/** Keys of one subject share its id; they come one after the other. */
function grouped(keys: FileKey[]): Group[] {
  const groups: Group[] = [];
  for (const { key, subjectId, rowNumber, fields } of keys) {
    const last = groups.at(-1);
    if (last && last[0] === subjectId && last[1] === rowNumber && !last[2] && !fields) last.push(key);
    else groups.push([subjectId, rowNumber, fields, key]);
  }
  return groups;
}
