import type { ApiClient, Row } from '../api-client.js';
import { type ConferenceFacts, type OrganizationFact, type PersonFact, sourceText } from './conference-data.js';

/** Ids of the facts → ids of the records. */
export type Ids = Map<string, string>;

interface PositionRow extends Row {
  title: string;
  source: string | null;
}

/** Finds each organization by its name, or adds it; parents first. */
export async function loadOrganizations(client: ApiClient, facts: ConferenceFacts, ids: Ids): Promise<number> {
  let added = 0;
  const parentsFirst = [...facts.organizations].sort(
    (a, b) => Number(a.inferred.parent_org !== null) - Number(b.inferred.parent_org !== null),
  );
  for (const fact of parentsFirst) {
    const known = await client.find('/v1/organizations', 'name', fact.name);
    const row = known ?? (await client.post<Row>('/v1/organizations', organizationBody(fact, ids)));
    ids.set(fact.id, row.id);
    if (!known) added++;
  }
  return added;
}

const organizationBody = (fact: OrganizationFact, ids: Ids) => ({
  name: fact.name,
  kind: fact.inferred.type,
  country: fact.inferred.country,
  parentId: fact.inferred.parent_org && ids.get(fact.inferred.parent_org),
  aliases: fact.variants,
  tags: ['march-2026'],
});

/** Finds each person by full name, or adds them; every title is kept with its source, those that disagree too. */
export async function loadPeople(client: ApiClient, facts: ConferenceFacts, ids: Ids): Promise<number> {
  let added = 0;
  for (const fact of facts.people) {
    const known = await client.find('/v1/people', 'fullName', fact.name);
    const row = known ?? (await client.post<Row>('/v1/people', personBody(fact)));
    ids.set(fact.id, row.id);
    await loadTitles(client, facts, fact, ids);
    if (!known) added++;
  }
  return added;
}

/** A bare surname is no name of one person only, so it does not become an alias. */
const personBody = (fact: PersonFact) => ({
  fullName: fact.name,
  country: fact.inferred.country_represented,
  aliases: fact.variants.filter((variant) => /\S\s+\S/.test(variant) && !variant.startsWith('President ')),
});

async function loadTitles(client: ApiClient, facts: ConferenceFacts, person: PersonFact, ids: Ids): Promise<void> {
  const path = `/v1/people/${ids.get(person.id)}/positions`;
  const { data: known } = await client.get<{ data: PositionRow[] }>(`${path}?limit=200`);
  for (const { title, organizationId, sources } of distinctTitles(person, ids)) {
    if (!known.some((position) => position.title === title))
      await client.post(path, { title, organizationId, source: sourceText(facts, sources) });
  }
}

/** One entry per title and organization, with all the reports that gave it. */
function distinctTitles(person: PersonFact, ids: Ids) {
  const titles = new Map<string, { title: string; organizationId: string | null; sources: string[] }>();
  for (const { title, org_id, sources } of person.titles) {
    const entry = titles.get(`${title} ${org_id}`) ?? {
      title,
      organizationId: (org_id && ids.get(org_id)) ?? null,
      sources: [],
    };
    entry.sources.push(...sources);
    titles.set(`${title} ${org_id}`, entry);
  }
  return titles.values();
}

/** The titles kept for one person, as the API answers them. */
export async function titlesOf(client: ApiClient, personId: string): Promise<string[]> {
  const { data } = await client.get<{ data: (PositionRow & { preferred: boolean })[] }>(
    `/v1/people/${personId}/positions`,
  );
  return data.map(({ title, source, preferred }) => `${title} [${source}]${preferred ? ' · preferred' : ''}`);
}

/** Checks what must and must not be one; answers a line for each, or throws on the first that is wrong. */
export async function checkTraps(client: ApiClient, facts: ConferenceFacts, ids: Ids): Promise<string[]> {
  const lines: string[] = [];
  for (const { must_not_merge: apart, must_merge: together, why } of facts.dedupe_traps) {
    if (apart) {
      demand(new Set(apart.map((id) => ids.get(id))).size === apart.length, `${apart.join(' and ')} became one`);
      lines.push(`${apart.map((id) => nameOf(facts, id)).join(' ≠ ')} (${why})`);
    }
    if (together) {
      const found = new Set(await Promise.all(together.map((name) => bestHit(client, name))));
      demand(found.size === 1, `${together.join(', ')} lead to different records`);
      lines.push(`${together.join(' = ')} (${why})`);
    }
  }
  return lines;
}

const nameOf = (facts: ConferenceFacts, id: string): string =>
  [...facts.people, ...facts.organizations].find((fact) => fact.id === id)?.name ?? id;

async function bestHit(client: ApiClient, name: string): Promise<string | undefined> {
  const { data } = await client.get<{ data: Row[] }>(
    `/v1/search?types=organization,person&limit=1&q=${encodeURIComponent(name)}`,
  );
  return data[0]?.id;
}

function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
