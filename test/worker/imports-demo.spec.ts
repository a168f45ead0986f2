import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImportsContext, countsOf } from '../support/imports-context.js';

const DEMO = join(__dirname, '../../apps/cli/src/demo/data');

describe('the members list of the demo', () => {
  let context: ImportsContext;
  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());

  it('imports with exactly the documented errors', async () => {
    const file = readFileSync(join(DEMO, 'members-2026.csv'));
    const done = await context.import(file);
    console.log(done);
    const errors = await context.database.query(
      `select row_number, verdict, problems from import_verdicts where problems is not null order by 1`,
    );
    console.log(JSON.stringify(errors, null, 1));
    for (const t of ['organizations', 'people', 'positions', 'memberships', 'records', 'import_keys'])
      console.log(t, await context.count(t));
    const again = await context.import(file);
    console.log(countsOf(again));
    console.log(
      JSON.stringify(
        await context.database.query(
          `select row_number, verdict, problems, plan from import_verdicts where import_id=$1 and verdict not in ('unchanged','error') order by 1 limit 10`,
          [again.id],
        ),
        null,
        1,
      ),
    );
  });
});
