import type { ApiClient, Row } from '../api-client.js';
import type { ConferenceFacts, EventFact, SessionFact } from './conference-data.js';
import type { Ids } from './directory.chapter.js';

/** How the reports' kinds of session are called here. */
const SESSION_KINDS: Record<string, string> = {
  opening_ceremony: 'ceremony',
  main_session: 'plenary',
  addresses_session_not_stated: 'plenary',
  panel_sessions: 'panel',
};

interface SessionRow extends Row {
  title: string | null;
  kind: string;
  abstract: string | null;
}

/** Finds the conference by its name, or adds it with its sessions and speakers. No report gave a time or a room, so there is none. */
export async function loadConference(
  client: ApiClient,
  facts: ConferenceFacts,
  ids: Ids,
): Promise<{ id: string; sessions: number; speakers: number }> {
  const event = facts.events.find((candidate) => candidate.id === 'evt-conf');
  if (!event?.name) throw new Error('The facts do not hold the conference.');
  const known = await client.find('/v1/conferences', 'name', event.name);
  const { id } = known ?? (await client.post<Row>('/v1/conferences', conferenceBody(event, ids)));
  ids.set(event.id, id);
  const sessions = facts.sessions.filter((session) => session.event_id === event.id);
  let speakers = 0;
  for (const session of sessions) speakers += await loadSession(client, id, session, ids);
  return { id, sessions: sessions.length, speakers };
}

const conferenceBody = (event: EventFact, ids: Ids) => ({
  name: event.name,
  occasion: event.occasion,
  status: 'completed',
  startsAt: event.start_date,
  endsAt: event.end_date,
  timeZone: event.inferred?.timezone,
  city: event.place_as_printed[0],
  country: 'US',
  organizerId: ids.get(event.inferred?.organizer_org_id ?? ''),
});

async function loadSession(client: ApiClient, conferenceId: string, fact: SessionFact, ids: Ids): Promise<number> {
  const path = `/v1/conferences/${conferenceId}/sessions`;
  const kind = SESSION_KINDS[fact.type] ?? 'plenary';
  const { data } = await client.get<{ data: SessionRow[] }>(`${path}?limit=200`);
  const known = data.find((row) => row.title === fact.title && row.kind === kind && row.abstract === abstractOf(fact));
  const body = {
    title: fact.title,
    kind,
    startsAt: null,
    endsAt: null,
    topics: fact.topics_as_printed ?? [],
    abstract: abstractOf(fact),
  };
  const { id } = known ?? (await client.post<Row>(path, body));
  if (!known)
    for (const speaker of fact.speakers)
      await client.post(`/v1/sessions/${id}/speakers`, {
        personId: ids.get(speaker),
        role: 'speaker',
        status: 'confirmed',
      });
  return fact.speakers.length;
}

/** What the reports leave open is said instead of being guessed. */
function abstractOf(fact: SessionFact): string | null {
  if (fact.type === 'addresses_session_not_stated')
    return 'Addresses; the reports do not say in which session they were given.';
  return fact.note ?? null;
}

interface AgendaSession {
  label: string;
  speakers: { name: string; billedTitle: string | null }[];
}

/** The programme as the API answers it: each session, and below it its speakers as they are billed. */
export async function programmeOf(client: ApiClient, conferenceId: string): Promise<string[]> {
  const { unscheduled } = await client.get<{ unscheduled: AgendaSession[] }>(`/v1/conferences/${conferenceId}/agenda`);
  return unscheduled.flatMap(({ label, speakers }) => [label, ...speakers.map((speaker) => `  ${billed(speaker)}`)]);
}

const billed = ({ name, billedTitle }: AgendaSession['speakers'][number]): string =>
  billedTitle ? `${name}, ${billedTitle}` : name;
