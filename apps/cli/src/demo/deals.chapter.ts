import type { ApiClient, Row } from '../api-client.js';
import { type AgreementFact, type CommitmentFact, type ConferenceFacts, sourceText } from './conference-data.js';
import type { Ids } from './directory.chapter.js';

const PLATFORM = 'prj-digital-platform';
const CIVIL_NUCLEAR = 'prj-civnuc';
const MOU = 'agr-mou-haimaker';
const MEETING = 'mtg-haimaker';
const PROMISE = 'cmt-invite-civnuc';
/** The day of the reports: what they tell was so by then. */
const REPORTED = '2026-03-11';
/** The promise is to them as a group: no report names anybody. */
const LEADERS = {
  name: 'Azerbaijani civil nuclear sector leaders',
  kind: 'other',
  country: 'AZ',
  tags: ['march-2026'],
};
/** Background of the reports, in the kinds that agreements have here. The text of the peace agreement is initialed, not signed. */
const BACKGROUND = ['agr-joint-decl', 'agr-peace-text'];

/** Whether it was there before. */
interface Found extends Row {
  known: boolean;
}

/** Adds what has no such value in this field yet. */
async function ensure(client: ApiClient, path: string, field: string, body: Record<string, unknown>): Promise<Found> {
  const row = await client.find(path, field, String(body[field]));
  return { known: !!row, ...(row ?? (await client.post<Row>(path, body))) };
}

/** What the chapters of deal flow need to know. */
export interface DealGround {
  client: ApiClient;
  facts: ConferenceFacts;
  ids: Ids;
  staffId: string;
}

interface DealAnswer extends Row {
  title: string;
  stage: string;
  stageSince: string;
  value: object | null;
}

interface AgreementAnswer extends Row {
  title: string;
  status: string;
  signed: string | null;
  value: object | null;
  provenance: { statement: string }[];
  abouts: { title: string; relation: string }[];
  notes: string | null;
}

interface CommitmentAnswer extends Row {
  action: string;
  dueFrom: string;
  dueTo: string;
  dueText: string;
  status: string;
  owedBy: { organizationName: string };
}

/** Follows what the reports tell of projects, as far as they tell: two leads, one MoU, one promise, and no value. */
export async function followDeals(on: DealGround): Promise<void> {
  await platform(on);
  await civilNuclear(on);
  for (const id of BACKGROUND) await agreement(on, id);
}

/** What is known of them now, line by line, as the API answers it. */
export async function dealLines({ client, facts, ids }: DealGround): Promise<string[]> {
  const [both, mou, promise] = await Promise.all([
    Promise.all([PLATFORM, CIVIL_NUCLEAR].map((id) => client.get<DealAnswer>(`/v1/deals/${ids.get(id)}`))),
    client.get<AgreementAnswer>(`/v1/agreements/${ids.get(MOU)}`),
    client.get<CommitmentAnswer>(`/v1/commitments/${ids.get(PROMISE)}`),
  ]);
  return [
    `${both.length} spoken of in the reports, ${both.filter(({ value }) => value).length} with a value`,
    ...both.map(({ title, stage, stageSince }) => `${title}: ${stage} since ${stageSince}, as the chamber reads it`),
    mouLine(mou),
    `${promise.owedBy.organizationName}: ${promise.action} (“${promise.dueText}”, ${promise.status} until ${promise.dueTo})`,
    ...BACKGROUND.map((id) => factOf(facts.agreements, id)).map(
      (fact) => `${titleOf(facts, fact)}: ${fact.status}${fact.status === 'initialed' ? ', which is not signed' : ''}`,
    ),
  ];
}

/** Says of the MoU what is known, and of the rest that it is not. */
function mouLine({ title, status, signed, provenance, abouts, notes }: AgreementAnswer): string {
  const when = signed ?? `on a day that nobody reported (“${provenance[0]?.statement}”)`;
  const links = abouts.map((about) => `${about.relation} to ${about.title}`).join(', ');
  return [`${title}: ${status} ${when}; ${links}`, notes].filter(Boolean).join('. ');
}

/** The project that the MoU is about. That there is an MoU is what the reports show; the stage is how the chamber reads it. */
async function platform(on: DealGround): Promise<void> {
  const { client, facts, ids } = on;
  const { id, known } = await deal(on, PLATFORM, { kind: 'partnership', country: 'AZ', sectors: ['ict'] });
  const mou = factOf(facts.agreements, MOU);
  const mouId = await agreement(on, MOU, { dealId: id, abouts: [{ type: 'side_meeting', id: ids.get(MEETING) }] });
  if (known) return;
  for (const party of mou.parties ?? [])
    await client.post(`/v1/deals/${id}/parties`, {
      ...{ organizationId: ids.get(party), role: 'developer' },
      note: `“${mou.subject}” (${mou.sources.join()}); no report says who does what`,
    });
  await client.post(`/v1/deals/${id}/touchpoints`, {
    ...{ about: { type: 'side_meeting', id: ids.get(MEETING) }, effect: 'mentioned' },
    note: 'Both parties met, and digital solutions were a topic. No report says that the MoU was signed there, or came of it.',
  });
  await client.post(`/v1/deals/${id}/stage-changes`, {
    ...{ stage: 'qualified', at: REPORTED, evidence: { type: 'agreement', id: mouId } },
    note: 'Two named parties have signed an MoU; no study, financing, contract or value was reported.',
  });
  await client.post('/v1/tasks', {
    ...{ title: 'Ask both parties what became of the MoU', assigneeId: on.staffId, about: { type: 'deal', id } },
  });
}

/** A project that somebody has only spoken of: a lead, with the one promise made about it. */
async function civilNuclear(on: DealGround): Promise<void> {
  const { client, facts, ids } = on;
  const { id, known } = await deal(on, CIVIL_NUCLEAR, { kind: 'project', country: 'AZ', sectors: ['civil_nuclear'] });
  const leaders = await ensure(client, '/v1/organizations', 'name', LEADERS);
  const promise = factOf(facts.commitments_and_follow_ups, PROMISE);
  const body = { ...commitmentBody(on, promise, leaders.id), about: { type: 'deal', id } };
  ids.set(PROMISE, (await ensure(client, '/v1/commitments', 'action', body)).id);
  if (known) return;
  await client.post(`/v1/deals/${id}/parties`, {
    ...{ organizationId: ids.get(promise.owner_org_id ?? ''), role: 'facilitator' },
    note: 'To connect them with potential U.S. suppliers (S000); no study or finance for it was reported',
  });
}

/** Its window is read from the words; the words stand beside it. */
const commitmentBody = ({ facts, ids, staffId }: DealGround, fact: CommitmentFact, owedTo: string) => ({
  action: sentence(fact.action),
  owedBy: { organizationId: ids.get(fact.owner_org_id ?? ''), personId: ids.get(fact.speaker_id ?? '') },
  owedTo: { organizationId: owedTo },
  dueFrom: fact.stated_on,
  dueTo: fact.inferred?.due_by,
  dueText: fact.due_as_printed,
  ownerId: staffId,
  source: sourceText(facts, fact.sources),
});

async function deal({ client, facts, ids, staffId }: DealGround, factId: string, fields: object): Promise<Found> {
  const { working_title: title = '', sources } = factOf(facts.projects_and_initiatives, factId);
  const found = await ensure(client, '/v1/deals', 'title', {
    ...{ title: sentence(title), ...fields, stage: 'lead', stageSince: REPORTED, ownerId: staffId },
    notes: `${sourceText(facts, sources)}. No report gives a value or a stage: the stage is the chamber’s reading, dated by the reports.`,
  });
  ids.set(factId, found.id);
  return found;
}

/** Adds an agreement, with no more than was reported of it. Answers its id. */
async function agreement({ client, facts, ids, staffId }: DealGround, factId: string, links = {}): Promise<string> {
  const fact = factOf(facts.agreements, factId);
  const { id } = await ensure(client, '/v1/agreements', 'title', {
    ...{ title: titleOf(facts, fact), kind: fact.id === MOU ? 'mou' : 'declaration', status: fact.status },
    ...{ subject: fact.subject, datePrecision: 'unknown', notes: fact.inferred?.note, ownerId: staffId, ...links },
    parties: fact.parties?.map((party) => ({ organizationId: ids.get(party) })) ?? [{ name: fact.parties_as_printed }],
    ...(typeof fact.date_as_printed === 'string' && {
      provenance: [{ statement: fact.date_as_printed, source: sourceText(facts, fact.sources) }],
    }),
  });
  ids.set(factId, id);
  return id;
}

function titleOf(facts: ConferenceFacts, { name, type, parties = [] }: AgreementFact): string {
  if (parties.length === 0) return name ?? sentence(type.replaceAll('_', ' '));
  return `MoU of ${parties.map((party) => factOf(facts.organizations, party).name).join(' and ')}`;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function factOf<Fact extends { id: string }>(facts: Fact[], id: string): Fact {
  const fact = facts.find((candidate) => candidate.id === id);
  if (!fact) throw new Error(`The facts do not hold ${id}.`);
  return fact;
}
