import { ImportsContext, countsOf } from '../support/imports-context.js';
import { from } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

const N = Number(process.env.ROWS ?? 100000);
const given = 'Aydan,Cəmilə,Çingiz,Elçin,Əfsanə,Fidan,Gülşən,Hikmət'.split(',');
const fam = 'Çinarlı,Palıdzadə,Durnazadə,Nərgizli,Şəfəqli,Göyərçinli'.split(',');
function* csv() {
  yield 'Organization,Legal name,Kind,Website,Country,Sectors,Tags,Tier,Joined on,Starts on,Ends on,Contact name,Title,Email,Phone,Locale,Notes\n';
  let s = '';
  for (let i = 0; i < N; i++) {
    s += `Şirkət ${i} Enerji,“Şirkət ${i} Enerji” MMC,company,https://www.sirket-${i}.example.com,AZ,energy,exporter,gold,2018-01-01,2025-01-01,2025-12-31,${given[i % 8]} ${fam[i % 6]} ${i},Direktor,c${i}@sirket-${i}.example.com,+9941255${i},az,\n`;
    if (s.length > 60000) {
      yield s;
      s = '';
    }
  }
  yield s;
}
describe('bench', () => {
  let context: ImportsContext;
  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());
  it('runs', async () => {
    const spent = new Map<string, [number, number]>();
    const database = context.database;
    const query = database.query.bind(database);
    database.query = (async (sql: string, params: unknown[]) => {
      const t = performance.now();
      const r = await query(sql, params);
      const k = sql.replace(/\s+/g, ' ').slice(0, 150);
      const [a, b] = spent.get(k) ?? [0, 0];
      spent.set(k, [a + performance.now() - t, b + 1]);
      return r;
    }) as typeof database.query;
    const dump = () => {
      const out = [...spent]
        .sort((a, b) => b[1][0] - a[1][0])
        .slice(0, 14)
        .map(([k, [ms, n]]) => `   ${Math.round(ms)} ms ${n}x ${k}`)
        .join('\n');
      spent.clear();
      return out;
    };
    await context.database.query(
      'create table flat (a text primary key, b text, c text, d text, e text, f text, g text, h text, i text, j text, k text, l text, m text, n text, o text, p text, q text)',
    );
    let t = Date.now();
    const runner = context.database.dataSource.createQueryRunner();
    const client = await runner.connect();
    await pipeline(Readable.from(csv()), client.query(from('COPY flat FROM STDIN WITH (FORMAT csv, HEADER)')));
    await runner.release();
    const copy = Date.now() - t;
    const lines = [`copy ${copy} ms`];
    for (const round of [1, 2]) {
      t = Date.now();
      const t0 = t;
      const id = await context.upload(csv());
      lines.push(`round ${round}: upload ${Date.now() - t}`);
      t = Date.now();
      await context.runner.work(id);
      lines.push(`  analyze ${Date.now() - t} ${JSON.stringify(countsOf(await context.reader.get(id)))}`);
      lines.push(dump());
      t = Date.now();
      const done = await context.commit(id);
      lines.push(`  commit ${Date.now() - t} ${done.status} ${JSON.stringify(countsOf(done))} ${done.failure}`);
      lines.push(dump());
      lines.push(
        `  total ${Date.now() - t0} = ${Math.round((N / (Date.now() - t0)) * 1000)} rows/s; ratio to copy ${((Date.now() - t0) / copy).toFixed(1)}; rss ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
      );
    }
    console.log(lines.join('\n'));
  }, 600000);
});
