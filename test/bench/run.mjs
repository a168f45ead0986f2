/** `npm run bench [name …]`: the figures of the README, as ratios within one run where that is possible. */
import { list } from './lists.mjs';
import { memory } from './memory.mjs';
import { reminders } from './reminders.mjs';
import { startup } from './startup.mjs';

const BENCHES = {
  async startup() {
    const { fresh, existing } = await startup();
    report('start to ready, existing DATA_DIR', `${existing.toFixed(1)} s`, '≤ 5 s', existing <= 5);
    report('start to ready, fresh DATA_DIR', `${fresh.toFixed(1)} s`, '≤ 15 s', fresh <= 15);
  },
  async members() {
    reportList('list of 20 members, filtered, signed in', await list('members'));
  },
  async organizations() {
    reportList('list of 20 organizations, filtered, signed in', await list('organizations'));
  },
  async memory() {
    const { rss } = await memory();
    report('API process at rest', `${Math.round(rss)} MB`, '≤ 250 MB', rss <= 250);
  },
  async reminders() {
    const { delivered, twice, median, last } = await reminders();
    report(
      '1,000 reminders due at once',
      `${delivered} delivered, ${twice} twice; median ${median.toFixed(1)} s late, last ${last.toFixed(1)} s`,
      'all within 60 s, each once',
      delivered === 1000 && twice === 0 && last <= 60,
    );
  },
};

function reportList(what, { api, bare, ratio }) {
  const rates = `${Math.round(api)}/s against ${Math.round(bare)}/s of bare node:http + pg`;
  report(what, `${Math.round(ratio * 100)} % (${rates})`, '≥ 50 %', ratio >= 0.5);
}

function report(what, measured, target, met) {
  process.stdout.write(`${met ? 'met   ' : 'MISSED'}  ${what}: ${measured}  (target ${target})\n`);
  if (!met) process.exitCode = 1;
}

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
  if (!BENCHES[name]) throw new Error(`There is no benchmark "${name}"; there are ${Object.keys(BENCHES).join(', ')}.`);
  await BENCHES[name]();
}
