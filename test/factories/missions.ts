import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

/** A mission of five days, far enough ahead for every reminder. */
export const MISSION = {
  name: 'Civil nuclear reverse trade mission',
  direction: 'reverse',
  originCountry: 'AZ',
  hostCountry: 'US',
  startsOn: '2037-03-09',
  endsOn: '2037-03-13',
  timeZone: 'America/New_York',
  status: 'recruiting',
};

export interface Somebody {
  id: string;
  email: string;
  fullName: string;
}

type Json = Record<string, unknown>;

/** A running API on which missions are prepared. */
export class MissionGround {
  staff: Client;
  private names = 0;

  private constructor(readonly api: TestApi) {}

  static async open(overrides: Parameters<typeof startTestApi>[0] = {}): Promise<MissionGround> {
    const ground = new MissionGround(await startTestApi(overrides));
    ground.staff = await ground.api.as('staff');
    return ground;
  }

  async post<T = { id: string }>(path: string, body: object = {}, status = 201): Promise<T> {
    const answer = await this.staff.post(path).send(body);
    if (answer.status !== status) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  async patch<T = Json>(path: string, body: object): Promise<T> {
    const answer = await this.staff.patch(path).send(body);
    if (answer.status !== 200) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  async get<T = Json>(path: string): Promise<T> {
    return (await this.staff.get(path).expect(200)).body as T;
  }

  async mission(fields: object = {}): Promise<string> {
    return (await this.post('/v1/trade-missions', { ...MISSION, ...fields })).id;
  }

  somebody(fields: object = {}): Promise<Somebody> {
    const email = `delegate${(this.names += 1)}@example.com`;
    return this.post('/v1/people', { fullName: `Delegate ${this.names}`, email, ...fields });
  }

  async delegate(missionId: string, fields: object = {}): Promise<{ id: string; personId: string }> {
    const personId = (await this.somebody()).id;
    return { id: (await this.post(`/v1/trade-missions/${missionId}/delegates`, { personId, ...fields })).id, personId };
  }

  /** Something of two hours that holds every delegate. */
  async item(missionId: string, startsAt: string, fields: object = {}): Promise<string> {
    const endsAt = startsAt.replace(/T(\d\d)/, (_, hour: string) => `T${String(Number(hour) + 2).padStart(2, '0')}`);
    const item = { kind: 'site_visit', title: 'Reactor hall', timeZone: 'America/New_York', ...fields };
    return (await this.post(`/v1/trade-missions/${missionId}/itinerary`, { ...item, startsAt, endsAt })).id;
  }

  /** A scheduled meeting of somebody with somebody else, in March 2037. */
  meeting(personId: string, startsAt: string, fields: object = {}): Promise<{ id: string }> {
    const endsAt = startsAt.replace(':00', ':45');
    const participants = [{ personId, side: 'visiting' }];
    const meeting = { title: 'Elsewhere', kind: 'bilateral', status: 'scheduled', timeZone: 'America/New_York' };
    return this.post('/v1/side-meetings', { ...meeting, startsAt, endsAt, participants, ...fields });
  }

  /** Who holds a booking for something, and whether firmly. */
  async held(aboutId: string): Promise<Map<string, boolean>> {
    const sql = 'SELECT resource_id AS id, firm FROM bookings WHERE about_id = $1';
    const rows = await this.api.database.query<{ id: string; firm: boolean }>(sql, [aboutId]);
    return new Map(rows.map(({ id, firm }) => [id, firm]));
  }

  /** `when reason-or-status` of the reminders about something, in order. */
  async reminders(aboutId: string, recipient?: { personId: string } | { userId: string }): Promise<string[]> {
    const of = recipient ? Object.entries(recipient).map(([field, id]) => `&filter[${field}]=${id}`) : [];
    const query = `filter[aboutId]=${aboutId}&filter[kind]=reminder${of.join('')}&sort=sendAt&limit=200`;
    const { data } = await this.get<{ data: Record<'sendAt' | 'reason' | 'status', string>[] }>(
      `/v1/messages?${query}`,
    );
    return data.map(({ sendAt, reason, status }) => `${sendAt.slice(0, 16)} ${reason ?? status}`);
  }
}
