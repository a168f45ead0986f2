/** `npm run bench [name …]`: the figures of the README, as ratios within one run where that is possible. */
import { bookings } from './bookings.mjs';
import { briefingBook } from './briefing-book.mjs';
import { conferenceMove } from './conference-move.mjs';
import { delivery, flat } from './delivery.mjs';
import { eventOutcome } from './event-outcome.mjs';
import { exports } from './exports.mjs';
import { imports } from './imports.mjs';
import { invitations } from './invitations.mjs';
import { lineage } from './lineage.mjs';
import { list } from './lists.mjs';
import { meetingLog } from './meeting-log.mjs';
import { memory } from './memory.mjs';
import { pipeline } from './pipeline.mjs';
import { reminders } from './reminders.mjs';
import { search } from './search.mjs';
import { startup } from './startup.mjs';
import { timelines } from './timelines.mjs';
import { timetable } from './timetable.mjs';

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
  async search() {
    const { rowsPerSecond, lookUp, search: p95, ratio, growth, kinds } = await search();
    for (const kind of kinds) note(kind.kind, `p95 ${kind.p95.toFixed(1)} ms, ${kind.ratio.toFixed(1)} look-ups`);
    note('people added by plain INSERT', `${Math.round(rowsPerSecond)}/s`);
    const times = `p95 ${p95.toFixed(1)} ms against ${lookUp.toFixed(1)} ms of an e-mail look-up`;
    report('search among 1,000,000 people', `${ratio.toFixed(1)} × (${times})`, '≤ 3 ×', ratio <= 3);
    report('search among 10 × more people', `${growth.toFixed(2)} × the time`, '≤ 1.5 ×', growth <= 1.5);
  },
  async imports() {
    const { rows, copy, first, second, rss, bare } = await imports();
    const ratio = ({ seconds }) => `1/${(seconds / copy).toFixed(0)} of COPY`;
    const phases = ({ uploaded, analyzed, seconds }) =>
      `upload ${uploaded.toFixed(1)} s, analysis ${(analyzed - uploaded).toFixed(1)} s, commit ${(seconds - analyzed).toFixed(1)} s`;
    const rate = (seconds) => `${Math.round(rows / seconds)} rows/s`;
    note(`COPY of ${rows} rows into one flat table`, `${rate(copy)} (${copy.toFixed(2)} s)`);
    note(
      'the same records by bare INSERTs, nothing to read or match',
      `${rate(bare)}, 1/${(bare / copy).toFixed(0)} of COPY`,
    );
    const of = (run) => `${ratio(run)} (${rate(run.seconds)}: ${phases(run)})`;
    report('import, all new', of(first), '≥ 1/20', first.seconds <= 20 * copy && first.counts.created === rows);
    const unchanged = second.counts.unchanged === rows;
    report('import again, all unchanged', of(second), 'as fast', second.seconds <= first.seconds && unchanged);
    report('worker while it imports', `${Math.round(rss)} MB`, '≤ 300 MB', rss <= 300);
  },
  async exports() {
    const { before, few, many } = await exports();
    const peaks = [before, few.peak, many.peak].map((peak) => `${Math.round(peak)} MB`);
    const [start, small, large] = peaks;
    note('people exported as CSV', `${Math.round(few.rowsPerSecond)} rows/s`);
    const measured = `${small} after 4 × 100,000 people, ${large} after 400,000 in one file (${start} before)`;
    report(
      'most memory of the API',
      measured,
      'one large file ≤ 1.5 × as many small ones',
      many.peak <= 1.5 * few.peak,
    );
  },
  async invitations() {
    const { preview, planned, moved, most, largest, peak } = await invitations();
    report(
      '10,000 people invited by one POST, and to be asked again',
      `${planned.toFixed(1)} s`,
      '≤ 3 s',
      planned <= 3,
    );
    note('the same as a dry run', `${preview.toFixed(1)} s`);
    note('its conference moves, 20,000 mails follow', `${moved.toFixed(1)} s`);
    note(`the largest audience, ${most}`, `${largest.toFixed(1)} s; most memory of the API ${Math.round(peak)} MB`);
  },
  async conferences() {
    const { published, join, median, rss, planned } = await conferenceMove();
    note('a conference of 5,000 registrations published: all told, two reminders each', `${published.toFixed(1)} s`);
    note('one more person registers for it', `${Math.round(join * 1000)} ms`);
    const memory = `API at ${rss.map(Math.round).join(', ')} MB`;
    report(
      'such a conference moved with 40 sessions, everybody told: all planned anew',
      `${median.toFixed(1)} s, ${planned} reminders at the new time; ${memory}`,
      '≤ 3 s',
      median <= 3 && planned === 10_000,
    );
    report(
      'memory after the last move',
      `${Math.round(rss.at(-1))} MB`,
      '≤ 1.5 × after the first',
      rss.at(-1) <= 1.5 * rss[0],
    );
  },
  async bookings() {
    const { outcomes, won, perSecond, deadlocks, single, bulk } = await bookings();
    const told = Object.entries(outcomes).map(([status, count]) => `${count} × ${status}`);
    const fair = won.every((count) => count === 1);
    const calm = Object.keys(outcomes).every((status) => status === '201' || status === '409') && deadlocks === 0;
    report(
      'one person and hour wanted by 200 meetings at once, 50 rounds over HTTP',
      `${told.join(', ')}; ${deadlocks} deadlocks; ${Math.round(perSecond)}/s`,
      'one winner a round, no deadlock, no 5xx',
      fair && calm,
    );
    report(
      '400 meetings of four booked at once, against one by one in one transaction',
      `${(single / bulk).toFixed(1)} × as fast (${Math.round(bulk)} ms against ${Math.round(single)} ms)`,
      '≥ 5 ×',
      single >= 5 * bulk,
    );
  },
  async 'meeting-log'() {
    const { api, bare, ratio, singleRatio, statements, rows } = await meetingLog();
    note('the same as one INSERT for each row', `${Math.round(singleRatio * 100)} %`);
    report(
      'a meeting logged with three people, two promises, two tasks',
      `${Math.round(ratio * 100)} % (${Math.round(api)}/s against ${Math.round(bare)}/s of its ${rows} rows in ${statements} bare INSERTs)`,
      '≥ 30 %',
      ratio >= 0.3,
    );
  },
  async lineage() {
    const { api, bare, ratio, nodes, edges, touched, statements } = await lineage();
    report(
      `lineage of a deal with ${touched} touchpoints, ${nodes} nodes and ${edges} edges in all`,
      `${Math.round(ratio * 100)} % (${Math.round(api)}/s against ${Math.round(bare)}/s of its ${statements} statements by pg alone)`,
      '≥ 50 %',
      ratio >= 0.5,
    );
  },
  async 'briefing-book'() {
    const { counts, seconds, pages, bytes, calm, wait, longest, before, peak } = await briefingBook();
    const measured = `${seconds.toFixed(1)} s, ${pages} pages, ${Math.round(bytes / 1024)} KB`;
    const of = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
    report(`briefing book of ${of.join(', ')}`, measured, '≤ 20 s', seconds <= 20);
    const waits = `p99 ${wait.toFixed(0)} ms, longest ${longest.toFixed(0)} ms (p99 ${calm.toFixed(0)} ms at rest)`;
    report('others wait for the API meanwhile', waits, 'p99 ≤ 100 ms', wait <= 100);
    note('memory of the API', `${Math.round(before)} MB before, ${Math.round(peak)} MB at most`);
  },
  async 'event-outcome'() {
    const { counts, p50, p99, bare, statements, bytes } = await eventOutcome();
    const of = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
    note(
      'its SQL alone',
      `p50 ${bare.toFixed(0)} ms in ${statements} statements; ${Math.round(bytes / 1024)} KB of JSON`,
    );
    report(
      `what came of a conference with ${of.join(', ')}`,
      `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${(p50 / bare).toFixed(2)} × its SQL`,
      'p50 ≤ 300 ms, ≤ 2 × its SQL',
      p50 <= 300 && p50 <= 2 * bare,
    );
  },
  async delivery() {
    for (const { engine, one, two, single, calm, busy } of await delivery()) {
      const rate = ({ delivered, twice, perSecond, cpu }) =>
        `${Math.round(perSecond)}/s, ${cpu.toFixed(1)} ms of a worker's processor each (${delivered} delivered, ${twice} twice)`;
      const each = ({ delivered, twice }) => delivered === one.delivered && twice === 0;
      const fast = (run) => run.perSecond >= 200 && each(run);
      report(`10,000 invitations, one worker, ${engine}`, rate(one), '≥ 200/s', fast(one) && one.delivered === 10_000);
      report(`10,000 invitations to one domain, ${engine}`, rate(single), '≥ 200/s', fast(single));
      const ratio = two.perSecond / one.perSecond;
      report(
        `10,000 invitations, two workers, ${engine}`,
        `${ratio.toFixed(2)} × one`,
        '≥ 1.6 × where cores allow',
        ratio >= 1.6 && each(two),
      );
      for (const [what, late] of Object.entries({ alone: calm, 'while 10,000 invitations go out': busy }))
        report(
          `1,000 reminders due within a minute, ${what}, ${engine}`,
          `median ${late.median.toFixed(2)} s late, p99 ${late.p99.toFixed(1)} s`,
          'median ≤ 1 s, p99 ≤ 5 s',
          late.delivered === 1000 && late.twice === 0 && late.median <= 1 && late.p99 <= 5,
        );
    }
  },
  async flat() {
    const { delivered, half, peak } = await flat();
    const measured = `${Math.round(half)} MB at most in the first half, ${Math.round(peak)} MB in the second (${delivered} delivered)`;
    report('worker over 50,000 mails', measured, '≤ 1.1 ×', delivered === 50_000 && peak <= 1.1 * half);
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
  async pipeline() {
    const { api, bare, table, funnel, timeline, ratio, deals } = await pipeline();
    const forms = { table, funnel, timeline };
    for (const [form, time] of Object.entries(forms)) note(`the same as a ${form}`, `${Math.round(time)} ms`);
    report(
      `pipeline of ${deals} deals with 400,000 stage changes`,
      `${Math.round(api)} ms, ${ratio.toFixed(2)} × its bare SQL (${Math.round(bare)} ms)`,
      '≤ 1 s, ≤ 1.5 ×',
      api <= 1000 && ratio <= 1.5 && deals === 100_000,
    );
  },
  async timelines() {
    const { total, byId, page, ratio } = await timelines();
    const times = `${page.toFixed(2)} ms against ${byId.toFixed(2)} ms of the organization by its id`;
    report(
      `first page of a timeline of ${total} entries of all kinds`,
      `${ratio.toFixed(2)} × (${times})`,
      '≤ 2 ×',
      ratio <= 2 && total >= 10_000,
    );
  },
  async timetable() {
    const { large, small, replan } = await timetable();
    const words = ({ score, gap, within, seconds, processor, memory, load }) =>
      `score ${score}, gap ${(gap * 100).toFixed(2)} % in ${seconds.toFixed(1)} s (1 % after ${within?.toFixed(1) ?? '–'} s; ` +
      `${processor.toFixed(1)} s of processor, load ${load.toFixed(1)}), ${Math.round(memory)} MB`;
    for (const run of large)
      report(
        `60 delegates × 120 hosts × 24 slots × 40 tables, 800 requests; ${run.shape}`,
        words(run),
        'gap ≤ 1 % within 30 s, ≤ 512 MB',
        run.gap <= 0.01 && run.seconds <= 32 && run.memory <= 512,
      );
    for (const run of small)
      report(
        '10 delegates × 30 hosts × 12 slots, 120 requests',
        words(run),
        'optimal within 2 s',
        run.status === 'optimal' && run.seconds <= 2,
      );
    report(
      'planned anew after two dropouts, ten meetings locked',
      `${replan.kept} of ${replan.left} stay, ${replan.keptProven ? 'proven' : 'not proven'}; ${words(replan)}`,
      'proven',
      replan.keptProven,
    );
  },
};

function reportList(what, { api, bare, ratio }) {
  const rates = `${Math.round(api)}/s against ${Math.round(bare)}/s of bare node:http + pg`;
  report(what, `${Math.round(ratio * 100)} % (${rates})`, '≥ 50 %', ratio >= 0.5);
}

function note(what, measured) {
  process.stdout.write(`        ${what}: ${measured}\n`);
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
