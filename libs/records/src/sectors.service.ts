import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { nameKey } from './name-key.js';
import { Sector, type SectorLabels } from './sector.entity.js';
import { SectorCodeTaken, SectorLabelTaken, StandardSector } from './sectors.errors.js';

export interface SectorInput {
  /** For good: records keep it. */
  code: string;
  labels: SectorLabels;
  isic?: string | null;
}

/** The one list of sectors, and the one place where the texts of clients become its codes. */
@Injectable()
export class SectorsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
  ) {}

  /**
   * The codes that some texts name, each once, in their order. A text the list does not know is kept as it is and
   * noted as a sector of its own.
   */
  @Transactional()
  async resolve(texts: string[]): Promise<string[]> {
    if (texts.length === 0) return [];
    const { codes, listed } = await this.find(texts);
    await this.add([...codes.values()].filter((code) => !listed.has(code)));
    return [...new Set(texts.map((text) => codes.get(text) ?? text))];
  }

  /** What a service was given, with sectors as codes; for every write that takes sectors. */
  async withCodes<T extends { sectors?: string[] }>(input: T): Promise<T> {
    return input.sectors ? { ...input, sectors: await this.resolve(input.sectors) } : input;
  }

  /** The code of each text, which is the text itself where the list does not know it; writes nothing. One query. */
  async lookUp(texts: string[]): Promise<Map<string, string>> {
    return (await this.find(texts)).codes;
  }

  /** The codes, and which of them the list has. */
  private async find(texts: string[]): Promise<{ codes: Map<string, string>; listed: Set<string> }> {
    const asked = new Map([...new Set(texts)].map((text) => [text, nameKey(text)]));
    const rows = await this.database.prepared<Named>(NAMED, [[...asked.values()], [...asked.keys()]]);
    const listed = new Set(rows.map(({ code }) => code));
    const named = rows.filter(({ origin }) => origin !== 'noted');
    const byKey = new Map(named.flatMap(({ code, keys }) => keys.map((key): [string, string] => [key, code])));
    const codeOf = (text: string, key: string) => (listed.has(text) ? text : meant(text, byKey.get(key)));
    return { codes: new Map([...asked].map(([text, key]) => [text, codeOf(text, key)])), listed };
  }

  /** Adds the codes that the list does not have yet. */
  @Transactional()
  async note(codes: string[]): Promise<void> {
    if (codes.length === 0) return;
    const rows = await this.database.query<{ code: string }>('SELECT code FROM sectors WHERE code = ANY($1::text[])', [
      codes,
    ]);
    const known = new Set(rows.map(({ code }) => code));
    await this.add(codes.filter((code) => !known.has(code)));
  }

  /** In one order, so that two who note the same words do not wait for each other. */
  private async add(codes: string[]): Promise<void> {
    if (codes.length === 0) return;
    const noted = [...new Set(codes)].sort().map((code) => ({ id: v7(), code, keys: keysOf(code, {}) }));
    await this.database.query(NOTE, [JSON.stringify(noted)]);
  }

  /** Adds a sector of the chamber's own. Throws SectorCodeTaken, SectorLabelTaken. */
  @Transactional()
  async create(input: SectorInput): Promise<Sector> {
    const { code, labels, isic = null } = input;
    const taken = await this.database.manager.findOneBy(Sector, { code });
    if (taken && (taken.origin !== 'noted' || taken.archivedAt)) throw new SectorCodeTaken(code);
    await this.demandFree(code, labels, code);
    const values = { labels, isic, origin: 'chamber' as const, keys: keysOf(code, labels) };
    if (!taken) return this.store.insert(Sector, { code, ...values });
    return this.store.update(Sector, await this.store.lock(Sector, taken.id), values);
  }

  /** A noted one becomes the chamber's own. Throws NotFound, Stale, StandardSector, SectorLabelTaken. */
  @Transactional()
  async update(id: string, patch: Partial<Omit<SectorInput, 'code'>>, version?: number): Promise<Sector> {
    const sector = await this.lockOwn(id, version);
    const labels = patch.labels ?? sector.labels;
    await this.demandFree(sector.code, labels, sector.code);
    return this.store.update(Sector, sector, { ...patch, origin: 'chamber', keys: keysOf(sector.code, labels) });
  }

  /** Takes a sector out of the list; what carries its code keeps it. Throws NotFound, Stale, StandardSector. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.lockOwn(id, version);
    await this.store.archive(Sector, id, version);
  }

  /** Puts an archived sector back. Throws NotFound, NotArchived, SectorLabelTaken. */
  @Transactional()
  async restore(id: string): Promise<void> {
    const sector = await this.store.restore(Sector, id);
    await this.demandFree(sector.code, sector.labels, sector.code);
  }

  private async lockOwn(id: string, version?: number): Promise<Sector> {
    const sector = await this.store.lock(Sector, id, version);
    if (sector.origin === 'isic') throw new StandardSector(sector.code);
    return sector;
  }

  /** Managers take turns here: two of them must not give one label to two sectors. */
  private async demandFree(code: string, labels: SectorLabels, except: string): Promise<void> {
    await this.database.query(`SELECT pg_advisory_xact_lock(hashtextextended('sectors', 170))`);
    const texts = new Map([code, ...Object.values(labels)].map((text) => [nameKey(text), text]));
    const taken = await this.database.queryOne<{ code: string; keys: string[] }>(
      `SELECT code, keys FROM sectors WHERE keys && $1 AND code <> $2 AND origin = 'chamber' AND archived_at IS NULL`,
      [[...texts.keys()], except],
    );
    const key = taken?.keys.find((shared) => texts.has(shared));
    if (taken && key !== undefined) throw new SectorLabelTaken(texts.get(key) ?? key, taken.code);
  }
}

type Named = Pick<Sector, 'code' | 'origin' | 'keys'>;

/** The chamber's own come last, so that they win over sections of ISIC of the same name. */
const NAMED = `
  SELECT code, CASE WHEN archived_at IS NULL THEN origin ELSE 'noted' END AS origin, keys FROM sectors
  WHERE (keys && $1::text[] AND origin <> 'noted' AND archived_at IS NULL) OR code = ANY($2::text[])
  ORDER BY origin = 'chamber', code`;

const NOTE = `
  INSERT INTO sectors (id, code, origin, labels, keys)
  SELECT n.id, n.code, 'noted', jsonb_build_object('en', n.code), n.keys
  FROM jsonb_to_recordset($1::jsonb) AS n (id uuid, code text, keys text[])
  ON CONFLICT (code) DO NOTHING`;

/** A code that is spelled with blanks or hyphens is somebody's code too, and stays as it was sent. */
function meant(text: string, code: string | undefined): string {
  return code === undefined || text.replace(/[\s-]+/g, '_') === code ? text : code;
}

/** Single letters are codes of ISIC, and no names. */
const keysOf = (code: string, labels: SectorLabels): string[] =>
  [...new Set([code, ...Object.values(labels)].filter((text) => text.length > 1).map(nameKey))].filter(Boolean);
