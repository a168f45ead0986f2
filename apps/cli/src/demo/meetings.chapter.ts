import type { ApiClient, Row } from '../api-client.js';
import type { ConferenceFacts, MeetingFact } from './conference-data.js';
import type { Ids } from './directory.chapter.js';

/** The visitor whose meetings the story logs. */
const VISITOR = 'per-e-aliyev';
const HOUR = 3_600_000;
/** Milliseconds from now until the reminders of this chapter are due: one after the other, soon enough to watch. */
const SOON = 4_000;

/** Logs each meeting the reports tell of in one POST: who, what about, and a follow-up task for us. Answers how many were new. */
export async function logMeetings(
  client: ApiClient,
  facts: ConferenceFacts,
  ids: Ids,
  assigneeId: string,
): Promise<{ known: number; logged: number }> {
  let logged = 0;
  const meetings = facts.meetings.filter((meeting) => meeting.visiting_or_lead_party.includes(VISITOR));
  for (const meeting of meetings) {
    const body = meetingBody(meeting, facts, ids, assigneeId);
    const known = await client.find('/v1/side-meetings', 'title', body.title);
    ids.set(meeting.id, (known ?? (await client.post<Row>('/v1/side-meetings', body))).id);
    if (!known) logged++;
  }
  return { known: meetings.length - logged, logged };
}

/** No report gave a date, place or outcome, so the log has none; only the meeting said to be on the sidelines points at the conference. */
function meetingBody(meeting: MeetingFact, facts: ConferenceFacts, ids: Ids, assigneeId: string) {
  const nameOf = (id: string) => facts.people.find((person) => person.id === id)?.name ?? id;
  const counterparts = meeting.counterparties.map(nameOf).join(' and ');
  return {
    title: `${nameOf(VISITOR)} with ${counterparts}`,
    kind: 'bilateral',
    status: 'held',
    startsAt: null,
    endsAt: null,
    timeZone: 'America/New_York',
    topics: meeting.topics,
    about: meeting.explicitly_on_sidelines_of_conference ? [{ type: 'conference', id: ids.get(meeting.event_id) }] : [],
    participants: [
      ...meeting.visiting_or_lead_party.map((id) => ({ name: nameOf(id), side: 'visiting' })),
      ...meeting.counterparties.map((id, index) => ({
        name: nameOf(id),
        organizationId: ids.get(meeting.counterparty_org_ids[index] ?? ''),
        side: 'host',
      })),
    ],
    followUps: [
      {
        title: `Demo: file the note of the meeting with ${counterparts}`,
        dueAt: soon(),
        assigneeId,
        remindBefore: ['PT1H'],
      },
    ],
  };
}

/** An hour and a moment from now: a reminder one hour before is due in a moment. */
export const soon = (): string => new Date(Date.now() + HOUR + SOON).toISOString();

/** A call with three of the made-up members, close enough to watch its reminders go out. */
export async function scheduleCall(client: ApiClient, contacts: string[]): Promise<number> {
  const title = 'Demo: what the March conference means for members';
  if (await client.find('/v1/side-meetings', 'title', title)) return 0;
  const { plannedMessages } = await client.post<Row & { plannedMessages: Row[] }>('/v1/side-meetings', {
    title,
    kind: 'call',
    status: 'scheduled',
    startsAt: soon(),
    endsAt: new Date(Date.now() + 2 * HOUR).toISOString(),
    timeZone: 'Asia/Baku',
    topics: ['debrief'],
    participants: contacts.map((email) => ({ email, side: 'visiting' })),
  });
  return plannedMessages.length;
}
