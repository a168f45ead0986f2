import fc from 'fast-check';
import { EXAMPLES } from '../../apps/api/src/openapi-examples.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

/** Where each example is posted to; what stands in braces is made beforehand. */
const PATHS: Record<string, string> = {
  authLogin: '/v1/auth/login',
  usersCreate: '/v1/users',
  apiKeysCreate: '/v1/api-keys',
  organizationsCreate: '/v1/organizations',
  sectorsCreate: '/v1/sectors',
  peopleCreate: '/v1/people',
  membershipTiersCreate: '/v1/membership-tiers',
  membershipsCreate: '/v1/memberships',
  mergesMergePeople: '/v1/people/merges',
  mergesMergeOrganizations: '/v1/organizations/merges',
  travelTimesCreate: '/v1/travel-times',
  conferencesCreate: '/v1/conferences',
  sideMeetingsLog: '/v1/side-meetings',
  tasksCreate: '/v1/tasks',
  reminderRulesCreate: '/v1/reminder-rules',
  suppressionsCreate: '/v1/suppressions',
  invitationsInvite: '/v1/invitations',
  tradeMissionsCreate: '/v1/trade-missions',
  delegatesCreate: '/v1/trade-missions/{mission}/delegates',
  milestonesCreate: '/v1/delegates/{delegate}/milestones',
  hostsCreate: '/v1/trade-missions/{mission}/hosts',
  itineraryCreate: '/v1/trade-missions/{mission}/itinerary',
  dealsCreate: '/v1/deals',
  stageChangesCreate: '/v1/deals/{deal}/stage-changes',
  stageChangesReopen: '/v1/deals/{deal}/reopening',
  dealPartiesCreate: '/v1/deals/{deal}/parties',
  instrumentsCreate: '/v1/deals/{deal}/instruments',
  touchpointsCreate: '/v1/deals/{deal}/touchpoints',
  agreementsCreate: '/v1/agreements',
  meetingPlansCreate: '/v1/trade-missions/{mission}/meeting-plans',
};

/** What the paths lead through. */
type Made = Record<'mission' | 'delegate' | 'deal', string>;

async function make(admin: Client): Promise<Made> {
  const post = async (path: string, body: object): Promise<string> =>
    (await admin.post(path).send(body).expect(201)).body.id;
  const mission = await post('/v1/trade-missions', EXAMPLES.tradeMissionsCreate ?? {});
  const personId = await post('/v1/people', EXAMPLES.peopleCreate ?? {});
  const deal = await post('/v1/deals', EXAMPLES.dealsCreate ?? {});
  return {
    deal,
    mission,
    delegate: await post(`/v1/trade-missions/${mission}/delegates`, { personId, role: 'delegate' }),
  };
}

const SOMEBODY = '019a0000-0000-7000-8000-000000000000';

/** What the examples leave out. */
const MORE: Record<string, object> = {
  agreementsCreate: { signatories: [], abouts: [], initialedOn: '2026', dealId: null, ownerId: null },
  tasksCreate: { about: { type: 'person', id: SOMEBODY }, assigneeId: SOMEBODY },
  itineraryCreate: { override: { reason: 'agreed by telephone' }, delegateIds: [], hostId: null, holdsPeople: false },
  meetingPlansCreate: {
    ...{ timeZone: 'Asia/Baku', roomIds: [SOMEBODY], replaces: SOMEBODY },
    slots: [{ startsAt: '2027-05-06T10:00', endsAt: '2027-05-06T10:30' }],
    unavailable: [{ delegateId: SOMEBODY, startsAt: '2027-05-06T10:00', endsAt: '2027-05-06T10:30' }],
    locked: [{ delegateId: SOMEBODY, hostId: SOMEBODY }],
  },
  sideMeetingsLog: {
    about: [{ type: 'person', id: SOMEBODY }],
    override: { reason: 'agreed by telephone' },
    commitments: [{ action: 'Send it', owedBy: { personId: SOMEBODY }, owedTo: { organizationId: SOMEBODY } }],
  },
};

/** Values that programs send by mistake, and people on purpose. */
const ODD: unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'x'.repeat(20_000),
  '\u0000',
  '\ud800',
  '𝒳',
  "'; DROP TABLE people; --",
  '../../etc/passwd',
  '2026-13-45T99:99',
  '9999-12-31T23:59:59Z',
  '-000001-01-01T00:00:00Z',
  'P99999Y',
  true,
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  [null],
  [{}],
  [{ type: 'person', id: SOMEBODY }],
  [[[]]],
  {},
  { id: 1 },
  { toString: 'x' },
  { constructor: { prototype: {} } },
];

type Path = (string | number)[];

/** Every place in a body, the containers included. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    placesIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function withValue(body: object, path: Path, odd: unknown): object {
  const copy = structuredClone(body) as Record<string | number, unknown>;
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = odd;
  return copy;
}

describe('an odd value anywhere in a body', () => {
  let api: TestApi;
  let admin: Client;
  let made: Made;
  beforeAll(async () => {
    api = await startTestApi({ logLevel: 'fatal' });
    admin = await api.as('admin');
    made = await make(admin);
  });
  afterAll(() => api.close());

  it('is known for every example', () => {
    expect(Object.keys(PATHS).sort()).toEqual(Object.keys(EXAMPLES).sort());
  });

  it.each(Object.entries(PATHS))(
    'never makes %s fail on our side',
    async (operation, template) => {
      const path = template.replace(/\{(\w+)\}/, (_, name: keyof Made) => made[name]);
      const example = { ...EXAMPLES[operation], ...MORE[operation] };
      const attempts = placesIn(example).flatMap((place) => ODD.map((odd) => ({ place, odd })));
      for (const { place, odd } of attempts) {
        const answer = await admin.post(path).send(withValue(example, place, odd));
        if (operation === 'authLogin') await api.database.query('DELETE FROM attempts');
        if (answer.status >= 500)
          throw new Error(
            `${place.join('/')} = ${String(JSON.stringify(odd)).slice(0, 60)}: ${answer.status} ${JSON.stringify(answer.body)}`,
          );
        if (answer.status === 422) expect(answer.body.errors[0].pointer).toEqual(expect.any(String));
      }
    },
    60_000,
  );

  it('is refused or ignored in query strings too', async () => {
    const lists = [
      'people',
      'organizations',
      'merges',
      'duplicates',
      'members',
      'memberships',
      'conferences',
      'side-meetings',
      'trade-missions',
      'deals',
      'agreements',
      'tasks',
      'commitments',
      'messages',
      'invitations',
      'imports',
      'users',
      'audit-entries',
    ];
    const parameter = fc.constantFrom(
      'q',
      'sort',
      'limit',
      'cursor',
      'include',
      'count',
      'filter[name]',
      'filter[createdAt][gt]',
      'filter[status]',
      'filter[id]',
      'filter[__proto__]',
      'filter[name][in]',
      'page',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...lists),
        parameter,
        fc.oneof(fc.string(), fc.constantFrom('-1', 'NaN', "' OR 1=1", '%00', 'a,b,,c', 'Infinity')),
        async (list, name, value) => {
          const answer = await admin.get(`/v1/${list}?${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
          expect(answer.status).toBeLessThan(500);
        },
      ),
      { numRuns: 400 },
    );
  }, 60_000);
});
