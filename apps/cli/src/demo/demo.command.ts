import { Logger } from '@nestjs/common';
import { Listr } from 'listr2';
import { type Config, appLogger, loadConfig } from '#config';
import { ApiClient, type Row } from '../api-client.js';
import { type ImportAnswer, problemRows, runImport } from '../import-run.js';
import { untilToldToStop } from '../lifetime.js';
import { progressBar } from '../progress-bar.js';
import { type RunningSystem, startSystem } from '../up.js';
import { stopOnLoss } from '../up.command.js';
import { loadConference, programmeOf } from './conference.chapter.js';
import { type ConferenceFacts, loadFacts, MEMBERS_CSV } from './conference-data.js';
import { dealLines, followDeals } from './deals.chapter.js';
import { checkTraps, type Ids, loadOrganizations, loadPeople, titlesOf } from './directory.chapter.js';
import { forumProgramme, inviteMembers, placesAndReminders, planForum, takeAnswers } from './forum.chapter.js';
import { untilDelivered } from './mail.chapter.js';
import { followMadeUpDeals } from './made-up-deals.chapter.js';
import { logMeetings, scheduleCall } from './meetings.chapter.js';
import { missionLines, runMission } from './mission.chapter.js';
import { lineageLines, outcomeLines } from './outcomes.chapter.js';

/** What the chapters hand on to one another. */
interface Story {
  system: RunningSystem;
  client: ApiClient;
  facts: ConferenceFacts;
  ids: Ids;
  staffId: string;
  lines: string[];
  /** What to look at in the end, by what it is. */
  places: [what: string, path: string][];
}

const TIERS = { platinum: 5000, gold: 2500, silver: 1000, associate: 300 };
const STAFF = { email: 'events@chamberlain.example', name: 'Demo Staff', role: 'staff', timeZone: 'America/New_York' };
/** Milliseconds the story waits for its mails. */
const PATIENCE = 30_000;

/** The demo has a folder and an administrator of its own, so that it never meets real data. */
function demoConfig(): Config {
  const email = process.env.ADMIN_EMAIL ?? 'admin@chamberlain.example';
  const password = process.env.ADMIN_PASSWORD ?? 'chamberlain demo';
  return loadConfig({
    DATA_DIR: './.data-demo',
    LOG_LEVEL: 'error',
    MAIL_FROM: 'Chamberlain Demo <events@chamberlain.example>',
    POSTAL_ADDRESS: 'Chamberlain Demo, 1 Example Street, Washington, DC',
    ...process.env,
    ADMIN_EMAIL: email,
    ADMIN_PASSWORD: password,
  });
}

/** `chamberlain demo`: starts everything, does the main job on the March 2026 conference, says what it did, and stays up. */
export async function demo(): Promise<void> {
  const config = demoConfig();
  Logger.overrideLogger(appLogger(config));
  const story = { facts: loadFacts(), ids: new Map(), lines: [], places: [] } as unknown as Story;
  try {
    await new Listr<Story>(chapters(config), { ctx: story, rendererOptions: { collapseSubtasks: false } }).run();
    process.stdout.write(`${epilogue(story, config)}\n`);
    await untilToldToStop();
    process.stdout.write('\nStopping…\n');
  } finally {
    await (story.system as RunningSystem | undefined)?.close();
  }
}

type Chapter = { title: string; task: (story: Story, task: { output: string; title: string }) => Promise<void> };

const chapters = (config: Config): Chapter[] => [
  {
    title: 'Start PostgreSQL, mailbox, API and worker',
    task: async (story) => {
      story.system = await startSystem(config, stopOnLoss);
      story.client = await ApiClient.signIn(story.system.api.url, config.adminEmail ?? '', config.adminPassword ?? '');
      const known = await story.client.find('/v1/users', 'email', STAFF.email);
      story.staffId = (known ?? (await story.client.post<Row>('/v1/users', STAFF))).id;
    },
  },
  { title: 'Load the organizations and people of the March 2026 conference', task: directory },
  { title: 'Import the members list', task: importMembers },
  { title: 'Load the conference with its sessions and speakers', task: conference },
  { title: 'Log the side meetings of Elnur Aliyev', task: meetings },
  { title: 'Follow the projects the reports tell of, and claim no more than they do', task: deals },
  { title: 'Plan a made-up forum of members, invite them and take their answers', task: forum },
  { title: 'Prepare a made-up trade mission and solve its schedule of one-on-ones', task: mission },
  { title: 'Follow two made-up deals from handshake to contract', task: madeUpDeals },
  { title: 'Send what is due, through queue and SMTP', task: mail },
];

const directory: Chapter['task'] = async ({ client, facts, ids, lines }) => {
  const organizations = await loadOrganizations(client, facts, ids);
  const people = await loadPeople(client, facts, ids);
  lines.push(
    `Directory   ${organizations} organizations and ${people} people added, ${facts.organizations.length} and ${facts.people.length} in all`,
  );
  for (const title of await titlesOf(client, ids.get('per-kessler') ?? ''))
    lines.push(`            Jeffrey Kessler: ${title}`);
  for (const line of await checkTraps(client, facts, ids)) lines.push(`            ${line}`);
};

const importMembers: Chapter['task'] = async ({ client, lines }, task) => {
  for (const [code, dues] of Object.entries(TIERS)) await ensureTier(client, code, dues);
  const progress = ({ status, progress: { done, total } }: ImportAnswer) =>
    (task.output = `${status.padEnd(9)} ${progressBar(done, total)}`);
  const { id, status, counts } = await runImport(client, MEMBERS_CSV, { mode: 'upsert', commit: true }, progress);
  lines.push(
    `Import      ${status}: ${Object.entries(counts)
      .map(([word, count]) => `${count} ${word}`)
      .join(', ')}`,
  );
  for (const { rowNumber, problems } of await problemRows(client, id)) {
    lines.push(`            row ${rowNumber}: ${problems.map((problem) => problem.message).join(' ')}`);
  }
};

async function ensureTier(client: ApiClient, code: string, dues: number): Promise<void> {
  if (await client.find('/v1/membership-tiers', 'code', code)) return;
  const name = code.charAt(0).toUpperCase() + code.slice(1);
  await client.post('/v1/membership-tiers', {
    code,
    name,
    annualDues: { amount: dues.toFixed(2), currency: 'USD' },
    graceDays: 30,
  });
}

const conference: Chapter['task'] = async ({ client, facts, ids, lines }) => {
  const { id, sessions, speakers } = await loadConference(client, facts, ids);
  lines.push(
    `Conference  ${sessions} sessions, ${speakers} speakers; dates, rooms and times stay empty because no report gave them`,
    ...(await programmeOf(client, id)).map((line) => `            ${line}`),
  );
};

const meetings: Chapter['task'] = async ({ client, facts, ids, staffId, lines }) => {
  const { known, logged } = await logMeetings(client, facts, ids, staffId);
  lines.push(
    `Meetings    ${logged} logged with a follow-up task each${known > 0 ? `, ${known} known from an earlier run` : ''}`,
  );
};

const deals: Chapter['task'] = async (story) => {
  await followDeals(story);
  const { client, lines, places, ids } = story;
  const idOf = (fact: string): string => ids.get(fact) ?? '';
  lines.push(
    ...told('Deals', await dealLines(story)),
    ...told('Lineage', await lineageLines(client, idOf('prj-digital-platform'))),
    ...told('Outcome', await outcomeLines(client, idOf('evt-conf'))),
  );
  places.push(
    ['how it came about', `/v1/deals/${idOf('prj-digital-platform')}/lineage`],
    ['the conference', `/v1/reports/conferences/${idOf('evt-conf')}`],
    ['a brief', `/v1/organizations/${idOf('org-haimaker')}/brief.pdf`],
    ['a history', `/v1/organizations/${idOf('org-az-economy')}/history.html`],
  );
};

const forum: Chapter['task'] = async ({ client, lines }) => {
  const row = await planForum(client);
  const counts = await inviteMembers(client, row);
  lines.push(
    `Forum       ${counts.invited} invited, ${counts.alreadyInvited} invited before: ${await takeAnswers(client, row)}`,
    ...(await forumProgramme(client, row)).map((line) => `            ${line}`),
    `            ${await placesAndReminders(client, row)}`,
  );
};

const mission: Chapter['task'] = async ({ client, lines, ids }) => {
  const story = await runMission(client);
  ids.set('made-up mission', story.id);
  lines.push(...told('Mission', missionLines(story)));
};

const madeUpDeals: Chapter['task'] = async ({ client, ids, staffId, lines, places }) => {
  const missionId = ids.get('made-up mission') ?? '';
  const { dealId, roundtableId } = await followMadeUpDeals(client, missionId, staffId);
  lines.push(
    ...told('Made up', [
      'two deals from a meeting to a grant and to a contract, so that reports have figures',
      ...(await lineageLines(client, dealId)),
      ...(await outcomeLines(client, roundtableId)),
    ]),
  );
  places.push(
    ['made up: a deal', `/v1/deals/${dealId}/lineage`],
    ['made up: an event', `/v1/reports/conferences/${roundtableId}?currency=USD&rates=AZN:0.5882`],
    ['made up: a mission', `/v1/reports/trade-missions/${missionId}`],
    ['all deals of both', '/v1/reports/pipeline.svg'],
    ['what is open', '/v1/reports/follow-ups'],
  );
};

const mail: Chapter['task'] = async ({ client, lines }, task) => {
  const { data } = await client.get<{ data: { primaryContact: { email: string | null } | null }[] }>(
    '/v1/members?filter[tierCode]=gold&limit=50',
  );
  const contacts = data.flatMap((member) => member.primaryContact?.email ?? []).slice(0, 3);
  lines.push(`Call        ${await scheduleCall(client, contacts)} reminders planned for three members`);
  const ledger = await untilDelivered(
    client,
    PATIENCE,
    (now) => (task.output = `${now.sent} sent, ${now.planned + now.queued + now.sending} still due`),
  );
  const due = ledger.planned + ledger.queued + ledger.sending;
  const planned = Object.values(ledger).reduce((sum, count) => sum + count, 0);
  lines.push(
    `Ledger      ${planned} planned = ${ledger.sent} sent + ${ledger.cancelled} cancelled + ${ledger.suppressed} suppressed + ${ledger.failed} failed + ${ledger.unknown} unknown + ${due} still due`,
  );
};

/** The first line behind a word, the others below it. */
const told = (word: string, [first, ...rest]: string[]): string[] => [
  `${word.padEnd(12)}${first}`,
  ...rest.map((line) => `            ${line}`),
];

function epilogue({ system, lines, places }: Story, config: Config): string {
  const url = system.api.url.replace('127.0.0.1', 'localhost');
  return [
    '',
    ...lines,
    '',
    'To look at, signed in (Authorize in the API docs, or an API key):',
    ...places.map(([what, path]) => `  ${what.padEnd(19)} GET ${url}${path}`),
    '',
    `API docs    ${url}/docs`,
    `Mailbox     ${system.mailboxUrl ?? 'mail went out through SMTP_URL'}`,
    `Queue board ${url}/queues`,
    `Sign in     ${config.adminEmail} / ${config.adminPassword}`,
    '',
    'Everything stays up until Ctrl-C; another run finds what this one left.',
  ].join('\n');
}
