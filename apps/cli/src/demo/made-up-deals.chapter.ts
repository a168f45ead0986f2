import type { ApiClient, Row } from '../api-client.js';
import { addressOf, dayAfter } from './mission-data.js';

/** Everything about these deals is made up; they show a whole chain, and reports with figures, which no press report has. */
const ROUNDTABLE = 'Demo: suppliers’ roundtable';
const SESSION = 'Demo: small reactors for dry sites';
/** Days from the roundtable until today. */
const AGO = 100;
const ZONE = 'America/New_York';
/** Days after the roundtable on which the suppliers kept what they had promised. */
const KEPT_AFTER = 12;
const FUND = 'Example Trade Mission Fund';

interface MadeUpDeal {
  title: string;
  kind: string;
  value: { amount: string; currency: string };
  sectors: string[];
  /** Who met at the roundtable, and when. */
  buyer: { name: string; contact: string };
  supplier: { name: string; contact: string };
  from: string;
  until: string;
  /** What the supplier promised there, and kept. */
  promise: string;
  agreement: { kind: string; title: string };
  /** Stage → days after the roundtable; the first is shown by the promise, the others by the agreement. */
  stages: [stage: string, day: number][];
  signedAfter: number;
  /** When they spoke once more, with no event to thank for it. */
  calledAfter?: number;
}

const DEALS: MadeUpDeal[] = [
  {
    ...{ title: 'Demo: first small reactor', kind: 'project', sectors: ['civil_nuclear'] },
    value: { amount: '14000000.00', currency: 'USD' },
    buyer: { name: 'Example Atom Layihə Ofisi', contact: 'leyla' },
    supplier: { name: 'Example Reactor Works', contact: 'works' },
    ...{ from: '12:00', until: '12:30', promise: 'Send a price range', signedAfter: 40, calledAfter: 60 },
    agreement: { kind: 'letter_of_intent', title: 'Demo: letter of intent on a siting study' },
    stages: [
      ['scoping', 20],
      ['feasibility_study', 80],
    ],
  },
  {
    ...{ title: 'Demo: training of operators', kind: 'export_sale', sectors: ['education'] },
    value: { amount: '1700000.00', currency: 'AZN' },
    buyer: { name: 'Example Texniki Universiteti', contact: 'fidan' },
    supplier: { name: 'Example Simulation Center', contact: 'simulators' },
    ...{ from: '14:00', until: '14:30', promise: 'Send a curriculum', signedAfter: 80 },
    agreement: { kind: 'contract', title: 'Demo: contract on the training of operators' },
    stages: [
      ['negotiation', 30],
      ['closed_won', 80],
    ],
  },
];

/** What the story of the made-up deals leads to. */
export interface MadeUpStory {
  roundtableId: string;
  dealId: string;
}

interface Ground {
  client: ApiClient;
  roundtableId: string;
  sessionId: string;
  /** Day of the roundtable, YYYY-MM-DD. */
  day: string;
  ownerId: string;
}

/** Finds the made-up roundtable and its deals, or makes them, with the mission that a grant pays for. */
export async function followMadeUpDeals(client: ApiClient, missionId: string, ownerId: string): Promise<MadeUpStory> {
  const known = await client.find('/v1/conferences', 'name', ROUNDTABLE);
  if (known)
    return { roundtableId: known.id, dealId: (await named(client, 'deals', DEALS[0]?.title ?? '', 'title')).id };
  const ground = await roundtable(client, ownerId);
  const [first] = [await follow(ground, DEALS[0] as MadeUpDeal), await follow(ground, DEALS[1] as MadeUpDeal)];
  await grants(ground, first, missionId);
  return { roundtableId: ground.roundtableId, dealId: first };
}

async function roundtable(client: ApiClient, ownerId: string): Promise<Ground> {
  const day = dayAfter(new Date().toISOString().slice(0, 10), -AGO);
  const times = { startsAt: `${day}T10:00`, endsAt: `${day}T17:00`, timeZone: ZONE };
  const body = { name: ROUNDTABLE, status: 'completed', ...times, city: 'Washington', country: 'US' };
  const { id } = await client.post<Row>('/v1/conferences', body);
  const session = { title: SESSION, kind: 'roundtable', startsAt: `${day}T10:30`, endsAt: `${day}T11:30` };
  const { id: sessionId } = await client.post<Row>(`/v1/conferences/${id}/sessions`, session);
  const speaker = await personOf(client, 'works');
  await client.post(`/v1/sessions/${sessionId}/speakers`, { personId: speaker, role: 'speaker', status: 'confirmed' });
  return { client, roundtableId: id, sessionId, day, ownerId };
}

/** From the meeting to where the deal is now; every stage with what shows it. */
async function follow(ground: Ground, fields: MadeUpDeal): Promise<string> {
  const { client, day, ownerId, sessionId } = ground;
  const { title, kind, value, sectors, stages } = fields;
  const stage = { stage: 'lead', stageSince: day };
  const { id } = await client.post<Row>('/v1/deals', { title, kind, value, sectors, country: 'AZ', ownerId, ...stage });
  const parties = await partiesOf(client, id, fields);
  const meeting = await meet(ground, fields, parties);
  const agreementId = await agree(ground, fields, { dealId: id, meetingId: meeting.id, parties });
  await touch(client, id, { type: 'session', id: sessionId }, 'mentioned');
  await touch(client, id, { type: 'side_meeting', id: meeting.id }, 'originated');
  await touch(client, id, { type: 'commitment', id: meeting.promiseId }, 'advanced', dayAfter(day, KEPT_AFTER));
  await call(ground, fields, id);
  for (const [index, [to, after]] of stages.entries())
    await client.post(`/v1/deals/${id}/stage-changes`, {
      ...{ stage: to, at: dayAfter(day, after), note: 'Made up' },
      evidence: index === 0 ? { type: 'commitment', id: meeting.promiseId } : { type: 'agreement', id: agreementId },
    });
  return id;
}

/** Buyer and supplier, in this order. */
async function partiesOf(client: ApiClient, dealId: string, { buyer, supplier }: MadeUpDeal): Promise<string[]> {
  const ids: string[] = [];
  for (const [role, { name }] of Object.entries({ buyer, supplier })) {
    const { id: organizationId } = await named(client, 'organizations', name);
    await client.post(`/v1/deals/${dealId}/parties`, { organizationId, role });
    ids.push(organizationId);
  }
  return ids;
}

/** They met at the roundtable; the supplier kept what was promised, the buyer has yet to. */
async function meet(ground: Ground, { title, buyer, supplier, from, until, promise }: MadeUpDeal, parties: string[]) {
  const { client, day, roundtableId, ownerId } = ground;
  const [buyerId, supplierId] = parties.map((organizationId) => ({ organizationId }));
  const due = { dueTo: dayAfter(day, 15), ownerId };
  const { id, commitments } = await client.post<Row & { commitments: Row[] }>('/v1/side-meetings', {
    ...{ title: `${title}, first talks`, kind: 'bilateral', status: 'held', timeZone: ZONE },
    ...{ startsAt: `${day}T${from}`, endsAt: `${day}T${until}`, about: [{ type: 'conference', id: roundtableId }] },
    participants: [
      { personId: await personOf(client, buyer.contact), ...buyerId, side: 'visiting' },
      { personId: await personOf(client, supplier.contact), ...supplierId, side: 'host' },
    ],
    commitments: [
      { action: promise, owedBy: supplierId, owedTo: buyerId, ...due },
      { action: 'Name a working group', owedBy: buyerId, owedTo: supplierId, ownerId },
    ],
  });
  const promiseId = commitments[0]?.id ?? '';
  await client.post(`/v1/commitments/${promiseId}/fulfilment`, {
    evidence: `Made-up letter of ${dayAfter(day, KEPT_AFTER)}`,
  });
  return { id, promiseId };
}

/** A call with the deal touches it by itself. */
async function call({ client, day }: Ground, { title, buyer, calledAfter }: MadeUpDeal, dealId: string): Promise<void> {
  if (!calledAfter) return;
  const on = dayAfter(day, calledAfter);
  const times = { startsAt: `${on}T10:00`, endsAt: `${on}T10:20`, timeZone: ZONE };
  const participants = [{ personId: await personOf(client, buyer.contact), side: 'visiting' }];
  await client.post('/v1/side-meetings', {
    ...{ title: `${title}, call`, kind: 'call', status: 'held', ...times, dealId, participants },
  });
}

async function agree(
  { client, day, ownerId }: Ground,
  { agreement, value, signedAfter }: MadeUpDeal,
  { dealId, meetingId, parties }: { dealId: string; meetingId: string; parties: string[] },
): Promise<string> {
  const { id } = await client.post<Row>('/v1/agreements', {
    ...{ ...agreement, status: 'signed', signedOn: dayAfter(day, signedAfter), dealId, ownerId },
    ...(agreement.kind === 'contract' && { value }),
    parties: parties.map((organizationId) => ({ organizationId })),
    abouts: [{ type: 'side_meeting', id: meetingId, relation: 'follows' }],
  });
  return id;
}

/** The fund pays for a study and for the made-up mission. */
async function grants({ client, day }: Ground, dealId: string, missionId: string): Promise<void> {
  const { id: providerId } = await named(client, 'organizations', FUND);
  const granted = { providerId, status: 'granted', statusOn: dayAfter(day, 80), note: 'Made up' };
  const amounts = { feasibility_study: '1200000.00', reverse_trade_mission: '250000.00' };
  for (const [kind, amount] of Object.entries(amounts))
    await client.post(`/v1/deals/${dealId}/instruments`, {
      ...{ ...granted, kind, amount: { amount, currency: 'USD' } },
      ...(kind === 'reverse_trade_mission' && { missionId }),
    });
}

const touch = (
  client: ApiClient,
  dealId: string,
  about: { type: string; id: string },
  effect: string,
  at: string | null = null,
) => client.post(`/v1/deals/${dealId}/touchpoints`, { about, effect, at, note: 'Made up' });

async function named(client: ApiClient, list: string, name: string, field = 'name'): Promise<Row> {
  const row = await client.find(`/v1/${list}`, field, name);
  if (!row) throw new Error(`The chapters before have not told of ${name}.`);
  return row;
}

async function personOf(client: ApiClient, key: string): Promise<string> {
  const row = await client.find('/v1/people', 'email', addressOf(key));
  if (!row) throw new Error(`The chapters before have not told of ${key}.`);
  return row.id;
}
