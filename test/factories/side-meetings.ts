import { UsersService } from '#access';
import { type Client, clientWith, PASSWORD, startTestApi, type TestApi } from '../support/test-api.js';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
/** An id that nothing has. */
export const NOBODY = '01900000-0000-7000-8000-000000000000';

/** Three o'clock UTC in the afternoon, so many days from now: daytime for everybody, so that no reminder waits for the morning. */
export function day(days: number, hour = 15): string {
  const date = new Date(Date.now() + days * DAY);
  date.setUTCHours(hour, 0, 0, 0);
  return date.toISOString().replace('.000Z', 'Z');
}

export const before = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) - milliseconds).toISOString().replace('.000Z', 'Z');

/** `/participants/0 unknown_person`, sorted. */
export const faults = (body: { errors: { pointer: string; code: string }[] }): string[] =>
  body.errors.map((fault) => `${fault.pointer} ${fault.code}`).sort();

/** What a meeting needs besides participants. */
export const HELD = {
  title: 'Talks',
  kind: 'bilateral',
  status: 'held',
  startsAt: '2026-03-10T10:00',
  endsAt: '2026-03-10T11:00',
  timeZone: 'America/New_York',
};

export const scheduled = (values: object = {}): object => ({
  ...HELD,
  status: 'scheduled',
  startsAt: day(5),
  endsAt: day(5, 16),
  ...values,
});

export const as = (personId: string, side = 'visiting'): { personId: string; side: string } => ({ personId, side });

const TABLES = [
  'side_meetings',
  'side_meeting_participants',
  'people',
  'organizations',
  'tasks',
  'commitments',
  'bookings',
  'messages',
  'records',
  'audit_entries',
];

interface LoggedMessage {
  email: string;
  status: string;
  reason: string | null;
}

type Created = Record<'id' | 'email' | 'fullName', string>;

/** A running API with a few users, organizations and a conference, on which meetings can be logged. */
export class MeetingGround {
  staff: Client;
  manager: Client;
  /** Another of the staff. */
  other: Client;
  ministry: Created;
  company: Created;
  conference: Created;
  room: Created;
  private names = 0;

  private constructor(readonly api: TestApi) {}

  static async open(): Promise<MeetingGround> {
    const ground = new MeetingGround(await startTestApi());
    const { api } = ground;
    [ground.staff, ground.manager] = [await api.as('staff'), await api.as('manager')];
    ground.other = await ground.another('other@chamber.example');
    const ministry = { name: 'Ministry of Trade Winds', kind: 'ministry', aliases: ['MTW'] };
    ground.ministry = await ground.created('/v1/organizations', ministry);
    ground.company = await ground.created('/v1/organizations', { name: 'Caspian Bridge LLC', kind: 'company' });
    const undated = { timeZone: 'America/New_York', startsAt: null, endsAt: null, status: 'published' };
    ground.conference = await ground.created('/v1/conferences', { name: 'Trade Conference', ...undated });
    ground.room = await ground.created(`/v1/conferences/${ground.conference.id}/rooms`, { name: 'Salon A' });
    return ground;
  }

  async another(email: string): Promise<Client> {
    const user = { email, name: 'Another', role: 'staff' as const, password: PASSWORD };
    const { id } = await this.api.app.get(UsersService).create(user);
    const { body } = await this.api.guest.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    return { id, email, ...clientWith(this.api.guest, body.accessToken as string) };
  }

  async created(path: string, values: object): Promise<Created> {
    return (await this.staff.post(path).send(values).expect(201)).body;
  }

  person(fullName: string, values: object = {}): Promise<Created> {
    return this.created('/v1/people', { fullName, ...values });
  }

  /** Somebody whom no other test knows. */
  somebody(values: object = {}): Promise<Created> {
    this.names += 1;
    const letter = 'abcdefghijklmnopqrstuvwxyz'.charAt(this.names % 26);
    return this.person(`Qonaq Nömrə${letter} ${this.names}`, { email: `guest${this.names}@example.com`, ...values });
  }

  position(personId: string, organizationId: string, title: string): Promise<Created> {
    return this.created(`/v1/people/${personId}/positions`, { organizationId, title });
  }

  log(values: object, by = this.staff) {
    return by.post('/v1/side-meetings').send({ ...HELD, ...values });
  }

  async logged(values: object, by = this.staff) {
    return (await this.log(values, by).expect(201)).body;
  }

  messages(aboutId: string): Promise<LoggedMessage[]> {
    const sql = 'SELECT email, status, reason FROM messages WHERE about_id = $1 ORDER BY send_at, id';
    return this.api.database.query<LoggedMessage>(sql, [aboutId]);
  }

  async planned(aboutId: string): Promise<LoggedMessage[]> {
    return (await this.messages(aboutId)).filter((message) => message.status === 'planned');
  }

  bookings(aboutId: string): Promise<object[]> {
    return this.api.database.query('SELECT resource_id FROM bookings WHERE about_id = $1', [aboutId]);
  }

  /** How much there is of everything a meeting could write. */
  async counts(): Promise<Record<string, number>> {
    const columns = TABLES.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`);
    return (await this.api.database.queryOne<Record<string, number>>(`SELECT ${columns.join(', ')}`)) ?? {};
  }
}
