import ICAL from 'ical.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const NEW_YORK = 'America/New_York';
const NOBODY = '01a1ffd7-bd71-74a1-8960-0f00f54dfc81';

interface Made {
  id: string;
  version: number;
  [field: string]: unknown;
}

describe('itineraries', () => {
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api?.close());

  async function post(path: string, body: object): Promise<Made> {
    const answer = await staff.post(path).send(body);
    if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as Made;
  }

  /** Ten days of May 2027 in Washington. */
  const mission = (fields: object = {}) =>
    post('/v1/trade-missions', {
      ...{ name: 'Civil nuclear reverse trade mission', direction: 'reverse', originCountry: 'AZ', hostCountry: 'US' },
      ...{ startsOn: '2027-05-03', endsOn: '2027-05-12', timeZone: NEW_YORK },
      ...fields,
    });
  const person = (fullName: string) => post('/v1/people', { fullName });
  const delegate = (missionId: string, personId: string, fields: object = {}) =>
    post(`/v1/trade-missions/${missionId}/delegates`, { personId, role: 'delegate', ...fields });
  const organization = (name: string) => post('/v1/organizations', { name, kind: 'company' });
  const host = async (missionId: string, name: string) =>
    post(`/v1/trade-missions/${missionId}/hosts`, { organizationId: (await organization(name)).id });
  const planned = (startsAt: string, endsAt: string, fields: object = {}) => ({
    ...{ kind: 'meeting', title: 'Meeting', startsAt, endsAt, timeZone: NEW_YORK },
    ...fields,
  });
  const item = (missionId: string, startsAt: string, endsAt: string, fields: object = {}) =>
    post(`/v1/trade-missions/${missionId}/itinerary`, planned(startsAt, endsAt, fields));
  const offer = (missionId: string, body: object) => staff.post(`/v1/trade-missions/${missionId}/itinerary`).send(body);
  const change = (id: string, patch: object) => staff.patch(`/v1/itinerary-items/${id}`).send(patch);
  const busy = async (personId: string): Promise<string[]> => {
    const span = 'from=2027-01-01T00:00:00Z&to=2027-12-31T00:00:00Z';
    const { body } = await staff.get(`/v1/availability?personIds=${personId}&${span}`).expect(200);
    return body.data[0].busy.map(({ startsAt, endsAt }: Record<string, string>) => `${startsAt} ${endsAt}`);
  };
  const faults = (body: { errors: { pointer: string; code: string }[] }) =>
    body.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  const titles = (body: { data: { title: string }[] }) => body.data.map(({ title }) => title);

  /** One that nothing gets into. */
  let refusing: Promise<Made> | undefined;

  /** A mission with two delegates. */
  async function visit() {
    const { id } = await mission();
    const [aysel, rauf] = [await person('Aysel Quliyeva'), await person('Rauf Sadıqlı')];
    return { id, aysel, rauf, ofAysel: await delegate(id, aysel.id), ofRauf: await delegate(id, rauf.id) };
  }

  it('tell what everybody does, in the zone of the place and in both home zones', async () => {
    const { id, ofAysel, ofRauf } = await visit();
    const works = await host(id, 'Reactor Works');
    const made = await item(id, '2027-05-06T09:00', '2027-05-06T12:00', {
      ...{ kind: 'site_visit', title: 'Plant tour', timeZone: 'America/Denver', city: 'Idaho Falls' },
      ...{ address: '1955 Fremont Avenue', hostId: works.id, notes: 'Closed shoes' },
    });
    expect(made).toMatchObject({
      ...{ missionId: id, kind: 'site_visit', startsAt: '2027-05-06T15:00:00Z', startsAtLocal: '2027-05-06T09:00:00' },
      ...{ endsAtLocal: '2027-05-06T12:00:00', timeZone: 'America/Denver', place: '1955 Fremont Avenue, Idaho Falls' },
      localTimes: [
        { timeZone: NEW_YORK, startsAt: '2027-05-06T11:00:00' },
        { timeZone: 'Asia/Baku', startsAt: '2027-05-06T19:00:00' },
      ],
      host: { id: works.id, organization: 'Reactor Works', status: 'proposed' },
      ...{ holdsPeople: true, delegateIds: null, notes: 'Closed shoes' },
      delegates: [
        { id: ofAysel.id, fullName: 'Aysel Quliyeva' },
        { id: ofRauf.id, fullName: 'Rauf Sadıqlı' },
      ],
    });
  });

  it('are sorted by time, and can be narrowed to a kind, a city, a host or a delegate', async () => {
    const { id, ofRauf } = await visit();
    const works = await host(id, 'Cooling Works');
    await item(id, '2027-05-05T09:00', '2027-05-05T10:00', { title: 'Later', hostId: works.id, city: 'Houston' });
    await item(id, '2027-05-04T09:00', '2027-05-04T10:00', { title: 'Earlier', kind: 'our_own_kind_of_thing' });
    await item(id, '2027-05-04T11:00', '2027-05-04T12:00', { title: 'Rauf alone', delegateIds: [ofRauf.id] });
    const list = async (query = '') =>
      titles((await staff.get(`/v1/trade-missions/${id}/itinerary?${query}`).expect(200)).body);
    expect(await list()).toEqual(['Earlier', 'Rauf alone', 'Later']);
    expect(await list('filter[kind]=our_own_kind_of_thing')).toEqual(['Earlier']);
    expect(await list(`filter[hostId]=${works.id}&filter[city]=Houston`)).toEqual(['Later']);
    expect(await list(`filter[delegateId]=${ofRauf.id}&sort=-startsAt`)).toEqual(['Later', 'Rauf alone', 'Earlier']);
    expect(await list('q=alone')).toEqual(['Rauf alone']);
    await staff.get(`/v1/trade-missions/${NOBODY}/itinerary`).expect(404);
  });

  it.each([
    [{ startsAt: '2027-05-04T10:00', endsAt: '2027-05-04T10:00' }, '/endsAt ends_before_start'],
    [{ startsAt: '2027-05-04T11:00', endsAt: '2027-05-04T10:00' }, '/endsAt ends_before_start'],
    [{ startsAt: '2027-04-29T23:59' }, '/startsAt outside_mission'],
    [{ endsAt: '2027-05-16T00:01' }, '/endsAt outside_mission'],
    [{ startsAt: '2027-02-30T10:00' }, '/startsAt bad_time'],
    [{ timeZone: 'Mars/Olympus' }, '/timeZone time_zone'],
    [{ timeZone: undefined }, '/timeZone time_zone'],
    [{ kind: 'Site Visit' }, '/kind matches'],
    [{ kind: 'k'.repeat(41) }, '/kind matches'],
    [{ title: '' }, '/title is_not_empty'],
    [{ title: 5 }, '/title is_string'],
    [{ hostId: NOBODY }, '/hostId unknown_reference'],
    [{ hostId: 'them' }, '/hostId is_uuid'],
    [{ delegateIds: [NOBODY] }, '/delegateIds/0 unknown_delegate'],
    [{ delegateIds: NOBODY }, '/delegateIds is_array'],
    [{ holdsPeople: 'no' }, '/holdsPeople is_boolean'],
    [{ override: { reason: '' } }, '/override/reason is_not_empty'],
  ])('refuse %j', async (fields, fault) => {
    const { id } = await (refusing ??= mission());
    const { body } = await offer(id, planned('2027-05-04T10:00', '2027-05-04T11:00', fields)).expect(422);
    expect(faults(body)).toContain(fault);
    expect((await staff.get(`/v1/trade-missions/${id}/itinerary`)).body.data).toEqual([]);
  });

  it('refuse a title of 10,000 characters, and say everything that is wrong with a mission’s own facts at once', async () => {
    const [{ id }, other] = [await mission(), await visit()];
    const long = planned('2027-05-04T10:00', '2027-05-04T11:00', { title: 't'.repeat(10_000) });
    expect(faults((await offer(id, long).expect(422)).body)).toEqual(['/title max_length']);
    const elsewhere = await host(other.id, 'Works of another mission');
    const wrong = planned('2027-05-20T10:00', '2027-05-20T11:00', {
      hostId: elsewhere.id,
      delegateIds: [other.ofRauf.id],
    });
    expect(faults((await offer(id, wrong).expect(422)).body)).toEqual([
      '/endsAt outside_mission',
      '/hostId host_of_another_mission',
      '/delegateIds/0 unknown_delegate',
    ]);
  });

  describe('hold their delegates', () => {
    it('for what they do, and not for a hotel or free time unless told to', async () => {
      const { id, aysel } = await visit();
      await item(id, '2027-05-02T23:00', '2027-05-03T11:00', { kind: 'arrival', title: 'Flight' });
      await item(id, '2027-05-03T15:00', '2027-05-12T10:00', { kind: 'hotel', title: 'Hotel' });
      await item(id, '2027-05-08T09:00', '2027-05-08T18:00', { kind: 'free_time', title: 'Saturday' });
      const rest = { kind: 'free_time', title: 'Rest, and nothing else', holdsPeople: true };
      await item(id, '2027-05-09T09:00', '2027-05-09T18:00', rest);
      expect(await busy(aysel.id)).toEqual([
        '2027-05-03T03:00:00Z 2027-05-03T15:00:00Z',
        '2027-05-09T13:00:00Z 2027-05-09T22:00:00Z',
      ]);
    });

    it('so that nobody is in two places, unless for a reason', async () => {
      const { id, aysel } = await visit();
      const first = await item(id, '2027-05-04T10:00', '2027-05-04T11:00', { title: 'Commerce' });
      const meeting = await post('/v1/side-meetings', {
        ...{ title: 'Visa', kind: 'bilateral', status: 'scheduled', timeZone: NEW_YORK },
        ...{ startsAt: '2027-05-05T10:00', endsAt: '2027-05-05T11:00' },
        participants: [{ personId: aysel.id, side: 'visiting' }],
      });
      const { body } = await offer(id, planned('2027-05-04T10:30', '2027-05-04T11:30')).expect(409);
      expect(body.code).toBe('double_booked');
      expect(body.conflicts).toMatchObject([
        { resource: { title: 'Aysel Quliyeva' }, about: { type: 'itinerary_item', id: first.id, title: 'Commerce' } },
        { resource: { title: 'Rauf Sadıqlı' }, about: { id: first.id } },
      ]);
      const clash = await offer(id, planned('2027-05-05T10:30', '2027-05-05T11:30')).expect(409);
      expect(clash.body.conflicts).toMatchObject([
        { resource: { id: aysel.id }, about: { type: 'side_meeting', id: meeting.id } },
      ]);
      const reason = { override: { reason: 'She joins late' } };
      await item(id, '2027-05-05T10:30', '2027-05-05T11:30', reason);
      const refused = await staff.post('/v1/side-meetings').send({
        ...{ title: 'Visa again', kind: 'bilateral', status: 'scheduled', timeZone: NEW_YORK },
        ...{ startsAt: '2027-05-04T10:00', endsAt: '2027-05-04T10:30' },
        participants: [{ personId: aysel.id, side: 'visiting' }],
      });
      expect([refused.status, refused.body.code]).toEqual([409, 'double_booked']);
    });

    it('also on the way from one address to the next, where there is a rule for it', async () => {
      const { id } = await visit();
      const way = { fromPlace: 'Reactor Street 1', toPlace: 'Licensing Square 2', duration: 'PT30M' };
      await (await api.as('manager')).post('/v1/travel-times').send(way).expect(201);
      const at = (address: string) => ({ address, city: 'Rockville' });
      await item(id, '2027-05-04T10:00', '2027-05-04T11:00', at('Reactor Street 1'));
      const { body } = await offer(
        id,
        planned('2027-05-04T11:15', '2027-05-04T12:00', at('Licensing Square 2')),
      ).expect(409);
      expect(body.conflicts).toMatchObject([{ travelTime: 'PT30M' }, { travelTime: 'PT30M' }]);
      await item(id, '2027-05-04T11:15', '2027-05-04T12:00', at('Reactor Street 1'));
    });

    it('side by side where different ones take part', async () => {
      const { id, aysel, rauf, ofAysel, ofRauf } = await visit();
      const times = ['2027-05-04T10:00', '2027-05-04T11:00'] as const;
      const one = await item(id, ...times, { delegateIds: [ofAysel.id] });
      await item(id, ...times, { delegateIds: [ofRauf.id] });
      const empty = await item(id, ...times, { delegateIds: [] });
      expect([one, empty].map(({ delegates }) => delegates)).toMatchObject([[{ id: ofAysel.id }], []]);
      expect([await busy(aysel.id), await busy(rauf.id)].flat()).toHaveLength(2);
      const refused = await change(one.id, { delegateIds: null }).expect(409);
      expect(refused.body.conflicts).toMatchObject([{ resource: { id: rauf.id } }]);
    });

    it('wherever they are moved, and no longer when they are taken out', async () => {
      const { id, aysel, rauf, ofAysel } = await visit();
      const made = await item(id, '2027-05-04T10:00', '2027-05-04T11:00');
      const moved = await change(made.id, { startsAt: '2027-05-04T12:00', endsAt: '2027-05-04T13:00' }).expect(200);
      expect(moved.body).toMatchObject({ startsAtLocal: '2027-05-04T12:00:00', version: 2 });
      expect(await busy(rauf.id)).toEqual(['2027-05-04T16:00:00Z 2027-05-04T17:00:00Z']);
      const named = await change(made.id, { delegateIds: [ofAysel.id] }).expect(200);
      expect(named.body).toMatchObject({ delegateIds: [ofAysel.id], version: 4 });
      expect([await busy(aysel.id), await busy(rauf.id)].map(({ length }) => length)).toEqual([1, 0]);
      await change(made.id, { holdsPeople: false }).expect(200);
      expect(await busy(aysel.id)).toEqual([]);
      await change(made.id, { holdsPeople: true }).set('If-Match', '"4"').expect(412);
      await change(made.id, { holdsPeople: true }).set('If-Match', '"5"').expect(200);
      await staff.delete(`/v1/itinerary-items/${made.id}`).expect(204);
      expect(await busy(aysel.id)).toEqual([]);
      expect((await staff.get(`/v1/itinerary-items/${made.id}`).expect(200)).body.archivedAt).toBeDefined();
      await change(made.id, { title: 'Too late' }).expect(404);
    });

    it('as soon as they join, as long as they take part', async () => {
      const { id, ofRauf, rauf } = await visit();
      await item(id, '2027-05-04T10:00', '2027-05-04T11:00');
      const late = await person('Leyla Əliyeva');
      const ofLate = await delegate(id, late.id);
      expect(await busy(late.id)).toEqual(['2027-05-04T14:00:00Z 2027-05-04T15:00:00Z']);
      await staff.patch(`/v1/delegates/${ofRauf.id}`).send({ status: 'withdrawn' }).expect(200);
      await staff.delete(`/v1/delegates/${ofLate.id}`).expect(204);
      expect([await busy(rauf.id), await busy(late.id)]).toEqual([[], []]);
      const other = await mission({ name: 'Another mission' });
      await delegate(other.id, rauf.id);
      await item(other.id, '2027-05-04T10:30', '2027-05-04T11:30', { title: 'Elsewhere' });
      const { body } = await staff.patch(`/v1/delegates/${ofRauf.id}`).send({ status: 'accepted' }).expect(409);
      expect(body).toMatchObject({ code: 'double_booked', conflicts: [{ about: { title: 'Elsewhere' } }] });
    });

    it('also where items are added while they join', async () => {
      const { id } = await mission();
      const people = await Promise.all(['One', 'Two', 'Three', 'Four'].map((name) => person(`${name} Racer`)));
      const hours = ['09', '11', '13', '15'];
      await Promise.all([
        ...people.map(({ id: personId }) => delegate(id, personId)),
        ...hours.map((hour) => item(id, `2027-05-04T${hour}:00`, `2027-05-04T${hour}:45`)),
      ]);
      for (const racer of people) expect(await busy(racer.id)).toHaveLength(hours.length);
    });
  });

  describe('as calendar files', () => {
    const parsed = async (path: string) => {
      const { text, headers } = await staff.get(path).expect(200);
      expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
      const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
      const zones = calendar.getAllSubcomponents('vtimezone').map((each) => new ICAL.Timezone(each));
      const events = calendar.getAllSubcomponents('vevent').map((each) => {
        const event = new ICAL.Event(each);
        const start = event.startDate;
        const zone = zones.find(({ tzid }) => tzid === each.getFirstProperty('dtstart')?.getParameter('tzid'));
        if (zone) start.zone = zone;
        return {
          ...{ id: event.uid.replace('@chamberlain', ''), title: event.summary, sequence: event.sequence },
          ...{ startsAt: start.toJSDate().toISOString(), place: event.location, text: event.description },
          status: each.getFirstPropertyValue('status'),
        };
      });
      return { events, zones: zones.map(({ tzid }) => tzid).sort() };
    };

    it('hold each item in its own zone, under an id that stays, and count its changes', async () => {
      const { id } = await visit();
      const works = await host(id, 'Idaho Reactor Works');
      const west = await item(id, '2027-05-06T09:00', '2027-05-06T12:00', {
        ...{ kind: 'site_visit', title: 'Plant tour; with lunch', timeZone: 'America/Denver', city: 'Idaho Falls' },
        ...{ hostId: works.id, notes: 'Closed shoes,\nhelmets' },
      });
      const east = await item(id, '2027-05-04T09:00', '2027-05-04T10:00', { title: 'Commerce' });
      await item(id, '2027-05-05T09:00', '2027-05-05T10:00', { title: 'Taken out' }).then(({ id: gone }) =>
        staff.delete(`/v1/itinerary-items/${gone}`).expect(204),
      );
      const first = await parsed(`/v1/trade-missions/${id}/itinerary.ics`);
      expect(first.zones).toEqual(['America/Denver', NEW_YORK]);
      expect(first.events).toMatchObject([
        { id: east.id, startsAt: '2027-05-04T13:00:00.000Z', sequence: 0, status: 'CONFIRMED' },
        {
          ...{
            id: west.id,
            title: 'Plant tour; with lunch',
            startsAt: '2027-05-06T15:00:00.000Z',
            place: 'Idaho Falls',
          },
          text: 'Idaho Reactor Works\n\nClosed shoes,\nhelmets\n\nAysel Quliyeva\nRauf Sadıqlı',
        },
      ]);
      await change(east.id, { startsAt: '2027-05-04T09:30' }).expect(200);
      await change(east.id, { notes: 'A note moves nothing' }).expect(200);
      await staff.patch(`/v1/trade-missions/${id}`).send({ status: 'cancelled' }).expect(200);
      const { events } = await parsed(`/v1/trade-missions/${id}/itinerary.ics`);
      expect(events).toMatchObject([
        { id: east.id, startsAt: '2027-05-04T13:30:00.000Z', sequence: 2, status: 'CANCELLED' },
        { id: west.id, sequence: 1, status: 'CANCELLED' },
      ]);
    });

    it('of a delegate hold what is theirs, with the meetings about the mission that the reader may know of', async () => {
      const { id, aysel, ofAysel, ofRauf } = await visit();
      await item(id, '2027-05-04T09:00', '2027-05-04T10:00', { title: 'For all' });
      await item(id, '2027-05-04T11:00', '2027-05-04T12:00', { title: 'For Rauf', delegateIds: [ofRauf.id] });
      const manager = await api.as('manager');
      const meeting = (title: string, hour: string, fields: object = {}) => ({
        ...{
          title,
          kind: 'bilateral',
          status: 'scheduled',
          timeZone: NEW_YORK,
          about: [{ type: 'trade_mission', id }],
        },
        ...{ startsAt: `2027-05-05T${hour}:00`, endsAt: `2027-05-05T${hour}:45` },
        participants: [{ personId: aysel.id, side: 'visiting' }],
        ...fields,
      });
      await post('/v1/side-meetings', meeting('About the mission', '09'));
      await post('/v1/side-meetings', meeting('About nothing', '11', { about: [] }));
      await manager
        .post('/v1/side-meetings')
        .send(meeting('Confidential', '13', { visibility: 'restricted' }))
        .expect(201);
      const { events } = await parsed(`/v1/delegates/${ofAysel.id}/itinerary.ics`);
      expect(events.map(({ title }) => title)).toEqual(['For all', 'About the mission']);
      const known = await manager.get(`/v1/delegates/${ofAysel.id}/itinerary.ics`).expect(200);
      expect(known.text).toContain('SUMMARY:Confidential');
      expect((await staff.get(`/v1/delegates/${ofAysel.id}/itinerary.ics`)).text).not.toContain('Rauf');
      await staff.get(`/v1/delegates/${NOBODY}/itinerary.ics`).expect(404);
    });
  });
});
