import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { MessagesService } from '#messaging';
import { type RecordLink, RecordLinksReader } from '#records';

/** What needs a subject, as people know it. */
export interface Dependent {
  /** In words: `the side meeting "Gas talks"`, `a position (organization "Harbour")`. */
  words: string;
  /** The record itself or, where what points is none, the record it belongs to. */
  record?: { type: string; id: string; title: string };
}

/** Dependents of one table that are named. */
const NAMED = 5;

/** Tables whose rows stand among the records, and so may be pointed at there. */
export const RECORDED: ReadonlySet<string> = new Set(['organizations', 'people', 'memberships']);

/** Tells what would be left pointing at nothing. The foreign keys themselves say where to look. */
@Injectable()
export class ImportDependents {
  private catalog?: RecordLink[];

  constructor(
    private readonly database: Database,
    private readonly links: RecordLinksReader,
    private readonly messages: MessagesService,
  ) {}

  /**
   * By id, for those of `ids`, rows of `table`, that something needs: anything but the others of them. One that stays may
   * need another of them, so the question is asked again until nothing new stays.
   */
  async of(table: string, ids: string[]): Promise<Map<string, Dependent[]>> {
    const found = new Map<string, Dependent[]>();
    if (ids.length === 0) return found;
    const mentioned = new Set(RECORDED.has(table) ? await this.messages.mentioned(ids) : []);
    for (let [asked, going] = [ids, ids.filter((id) => !mentioned.has(id))]; asked.length > 0;) {
      const pointers = await this.pointers(table, asked, going);
      const records = await this.records(pointers.flatMap(({ references }) => references));
      for (const pointer of pointers) push(found, pointer.id, describe(pointer, records));
      const left = going.filter((id) => !found.has(id));
      asked = left.length < going.length ? left : [];
      going = left;
    }
    for (const id of mentioned) push(found, id, { words: 'mail that has gone out' });
    return found;
  }

  /** What points at `ids` and is not itself `going`. */
  private async pointers(table: string, ids: string[], going: string[]): Promise<Pointer[]> {
    const links = (this.catalog ??= await this.allLinks());
    const pointing = links.filter(
      ({ target, table: from, cascades }) =>
        (target === table || (target === 'records' && RECORDED.has(table))) && from !== 'messages' && !cascades,
    );
    if (pointing.length === 0) return [];
    return this.database.query<Pointer>(pointing.map((link) => pointersSql(link, links)).join(' UNION ALL '), [
      ids,
      going,
    ]);
  }

  /** Every foreign key there is: what points may itself belong to a record of any kind. */
  private async allLinks(): Promise<RecordLink[]> {
    const targets = await this.database.query<{ name: string }>(
      `SELECT DISTINCT confrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f'`,
    );
    return this.links.links(targets.map(({ name }) => name));
  }

  private async records(references: string[]): Promise<Map<string, NamedRecord>> {
    const ids = [...new Set(references)].filter((text) => UUID.test(text));
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<NamedRecord>(RECORDS, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }
}

interface Pointer {
  id: string;
  table: string;
  /** Its own key, then what it belongs to, then what else it points at. */
  references: string[];
}

interface NamedRecord {
  id: string;
  type: string;
  title: string;
  visibility: string;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const RECORDS = 'SELECT id, type, title, visibility FROM records WHERE id = ANY($1::uuid[])';

/** Each id goes through the column's index. */
function pointersSql({ table, column, key }: RecordLink, links: RecordLink[]): string {
  const others = links.filter((link) => link.table === table && link.column !== column);
  const owners = others.filter((link) => link.cascades).map((link) => link.column);
  const columns = [...new Set([...key, ...owners, ...others.map((link) => link.column)])].filter(
    (name) => name !== column,
  );
  const goes = key.includes('id') ? 't.id <> ALL($2::uuid[])' : 'true';
  const references = columns.map((name) => `t."${name}"::text`).join(', ');
  return `SELECT w.id, '${table}' AS "table", x.refs AS "references" FROM unnest($1::uuid[]) AS w (id), LATERAL (
    SELECT array_remove(ARRAY[${references}]::text[], NULL) AS refs FROM ${table} t WHERE t."${column}" = w.id AND ${goes} LIMIT ${NAMED}) x`;
}

/** What is confidential is not named. */
function describe({ table, references }: Pointer, records: Map<string, NamedRecord>): Dependent {
  const known = references.map((id) => records.get(id)).filter((record) => record !== undefined);
  if (known.some(({ visibility }) => visibility === 'restricted')) return { words: 'something confidential' };
  const noun = table.replace(/s$/, '').replaceAll('_', ' ');
  const [record] = known;
  if (!record) return { words: `${article(noun)} ${noun}` };
  const { type, id, title } = record;
  const own = id === references[0];
  const named = `${type.replaceAll('_', ' ')} "${title}"`;
  return { words: own ? `the ${named}` : `${article(noun)} ${noun} (${named})`, record: { type, id, title } };
}

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? 'an' : 'a');

function push(map: Map<string, Dependent[]>, id: string, dependent: Dependent): void {
  map.set(id, [...(map.get(id) ?? []), dependent]);
}
