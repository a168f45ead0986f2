import { type ApiClient, ApiProblem, type Row } from '../api-client.js';

const DAY = 86_400_000;
/** Everything about the forum is made up; it shows what a conference can do that has a date. */
const NAME = 'Demo: Members’ Forum';
const ROOMS = ['Hall', 'Terrace'];
const SESSIONS = [
  { title: 'Demo: opening', kind: 'ceremony', room: 'Hall', from: '10:00', until: '10:30' },
  { title: 'Demo: what members want', kind: 'panel', room: 'Hall', from: '10:30', until: '12:00' },
  { title: 'Demo: lunch', kind: 'networking', room: 'Terrace', from: '12:00', until: '13:30' },
];
const PLACES = 10;
/** What the first of the invited answer, in the order of their names; the others stay silent. */
const ANSWERS = [
  ...Array.from({ length: 12 }, () => 'accepted'),
  ...Array.from({ length: 3 }, () => 'declined'),
  'tentative',
];
/** Wants a room at an hour that is taken, to show what happens then. */
const CLASH = { title: 'Demo: too much at once', kind: 'workshop', room: 'Hall', from: '11:00', until: '11:30' };

export interface InvitationCounts {
  invited: number;
  alreadyInvited: number;
  suppressed: number;
  noEmail: number;
}

interface AgendaAnswer {
  days: { date: string; sessions: { startsAtLocal: string; label: string; room: { name: string } | null }[] }[];
}

type Counted = { page: { total: number } };

/** Finds the forum, or plans it with its rooms and sessions, sixty days ahead. */
export async function planForum(client: ApiClient): Promise<Row> {
  const known = await client.find('/v1/conferences', 'name', NAME);
  if (known) return known;
  const day = new Date(Date.now() + 60 * DAY).toISOString().slice(0, 10);
  const times = { startsAt: `${day}T10:00`, endsAt: `${day}T17:00`, timeZone: 'Asia/Baku' };
  const place = { city: 'Baku', country: 'AZ', capacity: PLACES };
  const forum = await client.post<Row>('/v1/conferences', { name: NAME, status: 'published', ...times, ...place });
  for (const name of ROOMS) await client.post(`/v1/conferences/${forum.id}/rooms`, { name });
  for (const session of SESSIONS) await addSession(client, forum, day, session);
  return forum;
}

async function addSession(client: ApiClient, forum: Row, day: string, session: (typeof SESSIONS)[number]) {
  const { title, kind, room, from, until } = session;
  const roomId = (await client.find(`/v1/conferences/${forum.id}/rooms`, 'name', room))?.id;
  const times = { startsAt: `${day}T${from}`, endsAt: `${day}T${until}` };
  await client.post(`/v1/conferences/${forum.id}/sessions`, { title, kind, roomId, ...times });
}

/** The forum's programme, line by line, and what became of a session in a room that is taken. */
export async function forumProgramme(client: ApiClient, forum: Row): Promise<string[]> {
  const { days } = await client.get<AgendaAnswer>(`/v1/conferences/${forum.id}/agenda`);
  const sessions = days.flatMap(({ date, sessions: ofDay }) =>
    ofDay.map(({ startsAtLocal, label, room }) => `${date} ${startsAtLocal.slice(11, 16)} ${label} · ${room?.name}`),
  );
  const refused = await refusal(() => addSession(client, forum, days[0]?.date ?? '', CLASH));
  return [...sessions, `${CLASH.room} at ${CLASH.from} once more: ${refused}`];
}

async function refusal(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 409)
      return `409 ${error.problem.code}, ${error.problem.detail}`;
    throw error;
  }
  throw new Error('Two sessions share a room.');
}

/** Invites the made-up members of the highest tier. */
export async function inviteMembers(client: ApiClient, { id }: Row): Promise<InvitationCounts> {
  const body = { about: { type: 'conference', id }, recipients: { tierCodes: ['platinum'] } };
  return (await client.post<{ counts: InvitationCounts }>('/v1/invitations', body)).counts;
}

/** Writes down what the first of the invited answer, once. Answers what is known of all of them. */
export async function takeAnswers(client: ApiClient, { id }: Row): Promise<string> {
  const invitations = `/v1/invitations?filter[aboutId]=${id}`;
  const count = async (status: string) =>
    (await client.get<Counted>(`${invitations}&filter[status]=${status}&count=exact&limit=1`)).page.total;
  if ((await count('accepted')) === 0) {
    const { data } = await client.get<{ data: Row[] }>(`${invitations}&sort=personName&limit=${ANSWERS.length}`);
    for (const [index, invitation] of data.entries())
      await client.post(`/v1/invitations/${invitation.id}/response`, { status: ANSWERS[index] });
  }
  const [accepted, tentative, declined, silent] = await Promise.all(
    ['accepted', 'tentative', 'declined', 'needs_action'].map(count),
  );
  return `${accepted} accepted, ${tentative} tentative, ${declined} declined, ${silent} silent`;
}

/** Who has a place, who waits, and what is going to remind them. */
export async function placesAndReminders(client: ApiClient, { id }: Row): Promise<string> {
  const registrations = (status: string) => `/v1/conferences/${id}/registrations?filter[status]=${status}`;
  const planned = `/v1/messages?filter[aboutId]=${id}&filter[kind]=reminder&filter[status]=planned&sort=sendAt`;
  const [confirmed, waiting, reminders] = await Promise.all(
    [registrations('confirmed'), registrations('waitlisted'), planned].map((path) =>
      client.get<Counted & { data: { sendAt?: string }[] }>(`${path}&count=exact&limit=1`),
    ),
  );
  const first = reminders?.data[0]?.sendAt;
  return `${confirmed?.page.total} of ${PLACES} places taken, ${waiting?.page.total} in line, ${reminders?.page.total} reminders planned${
    first ? `, the first for ${first}` : ''
  }`;
}
