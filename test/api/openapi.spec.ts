import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadConfig } from '#config';
import { EXAMPLES } from '../../apps/api/src/openapi-examples.js';
import { startTestApi, type TestApi } from '../support/test-api.js';

interface Schema {
  properties?: Record<string, { description?: string; enum?: string[]; type?: string | string[] }>;
}
interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  requestBody?: { content: Record<string, { example?: object }> };
  responses: Record<string, unknown>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** The built program writes the document: the compiler's plugin reads types and comments of the DTOs. */
const PROGRAM = `
  const { startApi } = require('./dist/apps/api/src/index.js');
  startApi(JSON.parse(process.argv[1])).then(async (api) => {
    process.stdout.write(await (await fetch(api.url + '/openapi.json')).text());
    await api.close();
  });
`;

async function described(databaseUrl: string): Promise<Document> {
  const settings = { PORT: '0', JWT_SECRET: 'x'.repeat(32), LOG_LEVEL: 'error' };
  const config = JSON.stringify({ ...loadConfig(settings), databaseUrl });
  const options = { cwd: join(__dirname, '../..'), maxBuffer: 2 ** 24 };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', PROGRAM, config], options);
  return JSON.parse(stdout) as Document;
}

describe('the API’s description of itself', () => {
  let api: TestApi;
  let document: Document;

  beforeAll(async () => {
    api = await startTestApi();
    document = await described(api.databaseUrl);
  }, 60_000);
  afterAll(() => api.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );

  it('is OpenAPI 3.1, without the words of 3.0', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(JSON.stringify(document)).not.toContain('"nullable"');
  });

  it('says in a line what each operation does, where it belongs, and that it may answer a problem', () => {
    const silent = operations().filter(
      ({ summary, tags, responses }) => !summary || summary.includes('\n') || !tags?.length || !responses.default,
    );
    expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('says of which type a file is', () => {
    const files = operations().filter(({ path }) => /\.(csv|ics|pdf|svg)$/.test(path));
    const types = files.map(({ path, responses }) => [
      path.split('.').pop(),
      Object.keys((responses['200'] as { content?: object }).content ?? {}).join(),
    ]);
    const known = { csv: 'text/csv', ics: 'text/calendar', pdf: 'application/pdf', svg: 'image/svg+xml' };
    expect(Object.fromEntries(types)).toEqual(known);
    expect(types.filter(([end = '', type]) => type !== known[end as keyof typeof known])).toEqual([]);
  });

  it('gives every operation a name of its own', () => {
    const names = operations().map(({ operationId }) => operationId);
    expect(names.length).toBe(new Set(names).size);
  });

  it('knows every operation that there is an example for', () => {
    const shown = operations().flatMap(({ operationId, requestBody }) =>
      requestBody?.content['application/json']?.example ? [operationId] : [],
    );
    expect(shown.sort()).toEqual(Object.keys(EXAMPLES).sort());
  });

  it('lists the words a field may hold', () => {
    expect(document.components.schemas.CreateUserDto?.properties?.role).toMatchObject({
      enum: ['admin', 'manager', 'staff', 'viewer'],
      type: 'string',
    });
    expect(document.components.schemas.UpdateOrganizationDto?.properties?.kind?.enum).toContain('ministry');
  });

  it('shows examples that the API takes as they are', async () => {
    const admin = await api.as('admin');
    const pointing = new Set([
      ...['authLogin', 'membershipsCreate', 'invitationsInvite'],
      ...['mergesMergePeople', 'mergesMergeOrganizations'],
      ...['hostsCreate', 'itineraryCreate', 'delegatesCreate', 'milestonesCreate', 'meetingPlansCreate'],
      ...['stageChangesCreate', 'stageChangesReopen', 'dealPartiesCreate', 'instrumentsCreate', 'touchpointsCreate'],
    ]);
    const taken = operations().filter(({ operationId }) => EXAMPLES[operationId] && !pointing.has(operationId));
    for (const { path, operationId } of taken) {
      const answer = await admin.post(path).send(EXAMPLES[operationId]);
      expect([operationId, answer.status, answer.body.errors]).toEqual([operationId, 201, undefined]);
    }
    expect(taken.length).toBeGreaterThan(8);
  });
});
