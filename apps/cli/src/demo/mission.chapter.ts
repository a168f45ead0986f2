import type { ApiClient, Row } from '../api-client.js';
import {
  addressOf,
  dayAfter,
  itemBody,
  loadMission,
  type MadeUpDelegate,
  type MadeUpHost,
  type MadeUpMission,
  type MadeUpOrganization,
  missionBody,
  mondayFrom,
  planBody,
} from './mission-data.js';

/** Days ahead, so that every reminder is still to come. */
const AHEAD = 120;
/** Milliseconds to wait for a worker to solve the plan, and between two looks. */
const PATIENCE = 60_000;
const PAUSE = 250;

/** Ids of the made-up people, organizations, delegates and hosts by key or name. */
type Keys = Map<string, string>;

interface PlanAnswer extends Row {
  status: string;
  score: number | null;
  upperBound: number | null;
  proven: string | null;
  failure: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  assignments: { delegate: string; host: string; startsAtLocal: string; table: number }[];
  unmet: { delegate: string; host: string; priority: number; message: string }[];
  acceptance: { created: number } | null;
}

interface MissionRow extends Row {
  startsOn: string;
}

export interface MissionStory {
  id: string;
  /** False when an earlier run has made it. */
  made: boolean;
  plan: PlanAnswer;
}

/** Finds the made-up mission, or makes it: sponsor, delegates, hosts, itinerary, and a schedule of one-on-ones that is solved and accepted. */
export async function runMission(client: ApiClient): Promise<MissionStory> {
  const data = loadMission();
  const known = await client.find<MissionRow>('/v1/trade-missions', 'name', data.mission.name);
  const { id } = known ?? (await prepareMission(client, data));
  return { id, made: !known, plan: await planOf(client, id) };
}

async function prepareMission(client: ApiClient, data: MadeUpMission): Promise<Row> {
  const keys: Keys = new Map();
  const startsOn = mondayFrom(dayAfter(new Date().toISOString().slice(0, 10), AHEAD));
  const sponsor = await organization(client, data.sponsor, 'US', keys);
  const mission = await client.post<Row>('/v1/trade-missions', missionBody(data, startsOn, sponsor));
  const path = `/v1/trade-missions/${mission.id}`;
  for (const each of data.organizations) await organization(client, each, 'AZ', keys);
  for (const each of data.hosts) keys.set(each.key, await addHost(client, path, each, keys));
  for (const each of data.delegates) keys.set(each.key, await addDelegate(client, path, each, keys));
  for (const item of data.itinerary) await client.post(`${path}/itinerary`, itemBody(data, item, startsOn, keys));
  await client.post(`${path}/meeting-plans`, planBody(data, startsOn, keys));
  return mission;
}

async function organization(
  client: ApiClient,
  fields: MadeUpOrganization,
  country: string,
  keys: Keys,
): Promise<string> {
  const { name, kind } = fields;
  const known = await client.find('/v1/organizations', 'name', name);
  const { id } = known ?? (await client.post<Row>('/v1/organizations', { name, kind, country, tags: ['made-up'] }));
  keys.set(name, id);
  return id;
}

async function person(client: ApiClient, fields: { key: string; fullName: string; country: string; locale?: string }) {
  const { key, ...rest } = fields;
  return (
    (await client.find('/v1/people', 'email', addressOf(key))) ??
    (await client.post<Row>('/v1/people', { ...rest, email: addressOf(key) }))
  );
}

async function addHost(client: ApiClient, path: string, host: MadeUpHost, keys: Keys): Promise<string> {
  const organizationId = await organization(client, host, 'US', keys);
  const contact = await person(client, { key: host.key, fullName: host.contact, country: 'US' });
  const body = { organizationId, contactId: contact.id, status: 'confirmed', fitNote: host.fitNote };
  return (await client.post<Row>(`${path}/hosts`, body)).id;
}

async function addDelegate(client: ApiClient, path: string, delegate: MadeUpDelegate, keys: Keys): Promise<string> {
  const { key, fullName, title, role, locale, dietary } = delegate;
  const { id: personId } = await person(client, { key, fullName, country: 'AZ', locale });
  const organizationId = keys.get(delegate.organization ?? '') ?? null;
  if (organizationId) await client.post(`/v1/people/${personId}/positions`, { title, organizationId });
  const body = { personId, organizationId, role, dietary, status: 'confirmed', visaStatus: 'submitted' };
  return (await client.post<Row>(`${path}/delegates`, body)).id;
}

/** The plan of the mission, solved by the worker, and accepted; nobody is mailed for a demo. Throws when it cannot be solved. */
async function planOf(client: ApiClient, missionId: string): Promise<PlanAnswer> {
  const { data } = await client.get<{ data: Row[] }>(`/v1/trade-missions/${missionId}/meeting-plans`);
  const path = `/v1/meeting-plans/${data[0]?.id}`;
  for (const end = Date.now() + PATIENCE; ; await new Promise((resolve) => setTimeout(resolve, PAUSE))) {
    const plan = await client.get<PlanAnswer>(path);
    if (plan.status === 'ready') return client.post(`${path}/acceptance`, { invite: false });
    if (plan.status === 'accepted') return plan;
    if (plan.status === 'failed' || Date.now() > end)
      throw new Error(`The plan is ${plan.status}: ${plan.failure ?? ''}`);
  }
}

/** What became of it, line by line. */
export function missionLines({ id, made, plan }: MissionStory): string[] {
  const { assignments, unmet, score, upperBound, proven } = plan;
  const asked = assignments.length + unmet.length;
  const [first] = assignments;
  return [
    `12 delegates from Azerbaijan, 10 hosts, three cities; all of it made up${made ? '' : ', known from an earlier run'}`,
    `${assignments.length} of ${asked} one-on-ones asked for can be; score ${score} of ${upperBound} at most (${proven}), ${plan.acceptance?.created} meetings booked`,
    ...(first
      ? [
          `the first: ${first.startsAtLocal.slice(0, 16).replace('T', ' ')} table ${first.table}, ${first.delegate} with ${first.host}`,
        ]
      : []),
    ...(unmet[0]
      ? [`not: ${unmet[0].delegate} with ${unmet[0].host} (priority ${unmet[0].priority}): ${unmet[0].message}`]
      : []),
    `GET /v1/meeting-plans/${plan.id}.svg, GET /v1/trade-missions/${id}/briefing-book.pdf`,
  ];
}
