import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Made {
  id: string;
  version: number;
}
interface Party {
  id: string;
  organizationId: string | null;
  personId: string | null;
  name: string | null;
  role: string | null;
}
interface Signatory {
  id: string;
  personId: string;
  signedOn: string | null;
  title: string | null;
}
interface Agreement extends Made {
  status: string;
  parties: Party[];
  signatories: Signatory[];
  abouts: { id?: string; relation: string; restricted?: true }[];
  [field: string]: unknown;
}
interface Fault {
  pointer: string;
  code: string;
}

const NOBODY = '01900000-0000-7000-8000-000000000000';
const BASIC = { title: 'MoU', kind: 'mou', status: 'draft' };
const SIGNED = { ...BASIC, status: 'signed', parties: [{ name: 'Azerbaijan' }] };
const HELD = { kind: 'bilateral', status: 'held', timeZone: 'America/New_York', datePrecision: 'unknown' };

let api: TestApi;
let staff: Client;
let manager: Client;
let viewer: Client;

beforeAll(async () => {
  api = await startTestApi({ homeTimeZones: ['America/New_York', 'Asia/Baku'] });
  [staff, manager, viewer] = [await api.as('staff'), await api.as('manager'), await api.as('viewer')];
});
afterAll(() => api.close());

async function send<T>(method: 'post' | 'patch', path: string, body: object, status: number, by: Client): Promise<T> {
  const answer = await by[method](path).send(body);
  if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}
const post = <T = Made>(path: string, body: object, by = staff) => send<T>('post', path, body, 201, by);
const agreement = (fields: object = {}, by = staff) => post<Agreement>('/v1/agreements', { ...SIGNED, ...fields }, by);
const change = (id: string, patch: object, by = staff) =>
  send<Agreement>('patch', `/v1/agreements/${id}`, patch, 200, by);
const get = async <T = Agreement>(path: string, by = staff) => (await by.get(path).expect(200)).body as T;
const listed = async (query: string, by = staff) =>
  (await get<{ data: Agreement[] }>(`/v1/agreements?${query}`, by)).data.map(({ id }) => id);
const told = ({ errors }: { errors: Fault[] }) => errors.map(({ pointer, code }) => `${pointer} ${code}`).sort();
const refused = async (fields: object) =>
  told(await send('post', '/v1/agreements', { ...BASIC, ...fields }, 422, staff));
const unchanged = async (id: string, patch: object) =>
  told(await send('patch', `/v1/agreements/${id}`, patch, 422, staff));
const organization = (name: string, kind = 'company') => post('/v1/organizations', { name, kind });
const person = (fullName: string) => post('/v1/people', { fullName });
const meeting = async (title: string, fields: object = {}, by = staff) => {
  const participants = [{ personId: (await person(`Host of ${title}`)).id, side: 'host' }];
  return post('/v1/side-meetings', { title, ...HELD, participants, ...fields }, by);
};

/** Whole days from today, YYYY-MM-DD. */
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the MoU of the Ministry of Economy and HAIMAKER.AI', () => {
  let ministry: Made;
  let haimaker: Made;
  let visit: Made;
  let talks: Made;
  let mou: Agreement;

  beforeAll(async () => {
    [ministry, haimaker] = [
      await organization('Ministry of Economy', 'ministry'),
      await organization('HAIMAKER.AI Inc.'),
    ];
    visit = await post('/v1/trade-missions', {
      ...{ name: 'Visit of March 2026', direction: 'outbound', originCountry: 'AZ', hostCountry: 'US' },
      ...{ startsOn: '2026-03-08', endsOn: '2026-03-11', timeZone: 'America/New_York', status: 'completed' },
    });
    talks = await meeting('Talks with Su Le');
    mou = await post<Agreement>('/v1/agreements', {
      title: 'MoU of the Ministry of Economy and HAIMAKER.AI',
      kind: 'mou',
      status: 'signed',
      datePrecision: 'unknown',
      subject: 'next-generation digital platform and ecosystem in Azerbaijan',
      parties: [{ organizationId: ministry.id }, { organizationId: haimaker.id }],
      signatories: [],
      abouts: [
        { type: 'trade_mission', id: visit.id, relation: 'within' },
        { type: 'side_meeting', id: talks.id },
      ],
      provenance: [{ statement: 'Signed within the framework of the visit', source: 'S002' }],
    });
  });

  it('is signed on a day that nobody reported, by people whom nobody named', () => {
    expect(mou).toMatchObject({
      ...{ status: 'signed', signedOn: null, signedFrom: null, signedTo: null, signed: null, datePrecision: 'unknown' },
      ...{ signatories: [], value: null, expiresOn: null, initialedOn: null, ownerId: staff.id, version: 1 },
      provenance: [{ statement: 'Signed within the framework of the visit', source: 'S002' }],
    });
    expect(mou.parties).toMatchObject([{ organization: 'Ministry of Economy' }, { organization: 'HAIMAKER.AI Inc.' }]);
  });

  it('was signed within the visit, and has to do with the talks without having been signed there', () => {
    const within = { type: 'trade_mission', id: visit.id, title: 'Visit of March 2026', relation: 'within' };
    expect(mou.about).toEqual(within);
    expect(mou.abouts).toEqual([
      within,
      { type: 'side_meeting', id: talks.id, title: 'Talks with Su Le', relation: 'related' },
    ]);
  });

  it('stands on the timelines of its parties and of all it is linked to, as what it is there', async () => {
    const entry = async (path: string) =>
      (
        await get<{ data: { detail: Record<string, unknown>; about: Made }[] }>(
          `/v1/${path}/timeline?filter[kind]=agreement`,
        )
      ).data.map(({ about, detail: { as, relations, datePrecision } }) => [about.id, as ?? relations, datePrecision]);
    expect(await entry(`organizations/${ministry.id}`)).toEqual([[mou.id, ['party'], 'unknown']]);
    expect(await entry(`trade-missions/${visit.id}`)).toEqual([[mou.id, ['within'], 'unknown']]);
    expect(await entry(`side-meetings/${talks.id}`)).toEqual([[mou.id, ['related'], 'unknown']]);
  });

  it('is found by its words, its parties and what it is linked to', async () => {
    const hits = await get<{ data: { id: string; type: string }[] }>('/v1/search?q=haimaker&types=agreement');
    expect(hits.data).toMatchObject([{ id: mou.id, type: 'agreement' }]);
    for (const query of [
      'q=haimaker',
      `filter[partyId]=${haimaker.id}`,
      `filter[aboutId]=${talks.id}`,
      `filter[partyId][in]=${NOBODY},${ministry.id}`,
      'filter[datePrecision]=unknown&filter[kind]=mou&filter[status]=signed',
    ])
      expect([query, await listed(query)]).toEqual([query, [mou.id]]);
    expect(await listed('filter[partyId]=nobody')).toEqual([]);
  });

  it('is told to be signed as soon as anybody says when, and no sooner', async () => {
    const { id } = await agreement();
    const known = async (patch: object) => {
      const { signedOn, datePrecision, signed, signedFrom, signedTo } = await change(id, patch);
      return [signedOn, datePrecision, signed, signedFrom, signedTo];
    };
    expect(await known({ signedFrom: '2026-03-08', signedTo: '2026-03-11' })).toEqual([
      ...[null, 'window', '2026-03-08/2026-03-11'],
      ...['2026-03-08', '2026-03-11'],
    ]);
    expect(await known({ signedOn: '2026-03' })).toEqual([
      ...['2026-03-01', 'month', '2026-03'],
      ...['2026-03-01', '2026-03-31'],
    ]);
    expect(await known({ signedOn: '2026-03-11', datePrecision: 'day' })).toEqual([
      ...['2026-03-11', 'day', '2026-03-11'],
      ...['2026-03-11', '2026-03-11'],
    ]);
    expect(await known({ signedOn: null })).toEqual([null, 'unknown', null, null, null]);
  });
});

describe('the Strategic Partnership Charter', () => {
  const PROVENANCE = [
    { statement: 'Established during a meeting of the two presidents in 2025', source: 'S001' },
    { statement: 'Concluded during the visit of the Vice President in February', source: 'S002' },
  ];

  it('keeps what both sources say, and is signed on no day of either', async () => {
    const charter = await agreement({
      ...{ title: 'Strategic Partnership Charter', kind: 'charter', datePrecision: 'unknown' },
      ...{ parties: [{ name: 'United States' }, { name: 'Azerbaijan' }], provenance: PROVENANCE },
    });
    expect(charter).toMatchObject({ provenance: PROVENANCE, signedOn: null, datePrecision: 'unknown' });
    expect(charter.parties.map(({ name, organizationId }) => [name, organizationId])).toEqual([
      ['United States', null],
      ['Azerbaijan', null],
    ]);
    await change(charter.id, { notes: 'Staff take the second for right' });
    expect(await get(`/v1/agreements/${charter.id}`)).toMatchObject({ provenance: PROVENANCE });
  });

  it('differs from the peace agreement, whose text is initialed and not signed', async () => {
    const text = { ...BASIC, kind: 'declaration', status: 'initialed', parties: [{ name: 'Azerbaijan and Armenia' }] };
    const initialed = await post<Agreement>('/v1/agreements', { ...text, initialedOn: '2025-08' });
    expect(initialed).toMatchObject({
      ...{ status: 'initialed', initialedOn: '2025-08-01', initialedPrecision: 'month', initialed: '2025-08' },
      ...{ signedOn: null, datePrecision: 'unknown' },
    });
    expect(await unchanged(initialed.id, { signedOn: '2025-08-08' })).toEqual(['/signedOn not_signed']);
    const signed = await change(initialed.id, { status: 'signed', signedOn: '2026-01-15' });
    expect(signed).toMatchObject({ status: 'signed', signedOn: '2026-01-15', initialed: '2025-08' });
  });
});

describe('an agreement', () => {
  it('may be nothing but a draft with a title', async () => {
    const { version, ...body } = await post<Agreement>('/v1/agreements', BASIC);
    expect(body).toMatchObject({ ...BASIC, parties: [], signatories: [], about: null, abouts: [], dealId: null });
    const answer = await staff.get(`/v1/agreements/${body.id}`).expect(200);
    expect([answer.headers.etag, version]).toEqual(['"1"', 1]);
    const undated = { ...BASIC, status: 'initialed', signedOn: null, datePrecision: 'day' };
    expect(await post('/v1/agreements', undated)).toMatchObject({ signedOn: null, datePrecision: 'unknown' });
  });

  it('may be worth what its deal is, and names the same party once in either case', async () => {
    const value = { amount: '999999999999999.99', currency: 'AZN' };
    const party = await organization('Upper Case Partner');
    const made = await agreement({ value, parties: [{ organizationId: party.id.toUpperCase() }] });
    expect(made).toMatchObject({ value, parties: [{ organizationId: party.id }] });
    const twice = [{ organizationId: party.id }, { organizationId: party.id.toUpperCase() }];
    expect(await refused({ parties: twice })).toEqual(['/parties/1 duplicate']);
  });

  it('takes the deal and the single record of the contract', async () => {
    const deal = await post('/v1/deals', { title: 'Platform', kind: 'project', stage: 'lead' });
    const talks = await meeting('Talks of the contract');
    const made = await agreement({ dealId: deal.id, about: { type: 'side_meeting', id: talks.id } });
    const about = { type: 'side_meeting', id: talks.id, title: 'Talks of the contract', relation: 'related' };
    expect(made).toMatchObject({ dealId: deal.id, deal: { type: 'deal', id: deal.id, title: 'Platform' }, about });
    expect(made.abouts).toEqual([about]);
    expect(await listed(`filter[dealId]=${deal.id}`)).toEqual([made.id]);
    const entries = await get<{ data: { about: Made }[] }>(`/v1/deals/${deal.id}/timeline?filter[kind]=agreement`);
    expect(entries.data.map((entry) => entry.about.id)).toEqual([made.id]);
    expect(await change(made.id, { about: null, dealId: null })).toMatchObject({
      about: null,
      abouts: [],
      dealId: null,
    });
  });

  it.each<[object, string[]]>([
    [{ signedOn: '2026-03-11' }, ['/signedOn not_signed']],
    [{ status: 'initialed', signedFrom: '2026-03-08', signedTo: '2026-03-11' }, ['/signedFrom not_signed']],
    [{ initialedOn: '2026-03-11' }, ['/initialedOn not_initialed']],
    [{ status: 'signed' }, ['/parties required']],
    [{ ...SIGNED, signedOn: day(2) }, ['/signedOn in_future']],
    [{ ...SIGNED, signedFrom: '2026-03-08', signedTo: day(3) }, ['/signedTo in_future']],
    [{ ...SIGNED, signedOn: '2026-03-11', initialedOn: '2026-04' }, ['/initialedOn after_signing']],
    [{ ...SIGNED, signedOn: '2026-03-11', expiresOn: '2026-03-10' }, ['/expiresOn ends_before_start']],
    [{ ...SIGNED, status: 'expired', expiresOn: day(40) }, ['/expiresOn not_over']],
    [{ ...SIGNED, signedOn: '2026-03', datePrecision: 'day' }, ['/signedOn contradiction']],
    [{ ...SIGNED, datePrecision: 'day' }, ['/signedOn required']],
    [{ parties: [{}, { role: 'buyer' }] }, ['/parties/0 party_required', '/parties/1 party_required']],
    [{ parties: [{ organizationId: NOBODY, personId: NOBODY }] }, ['/parties/0 one_party']],
    [{ parties: [{ name: 'Azərbaycan' }, { name: 'AZƏRBAYCAN' }] }, ['/parties/1 duplicate']],
    [{ signatories: [{ personId: NOBODY, signedOn: '2026-03-11' }] }, ['/signatories/0/signedOn not_signed']],
    [{ about: { type: 'deal', id: NOBODY, relation: 'within' } }, ['/about/relation not_an_event']],
    [
      { abouts: [{ type: 'session', id: NOBODY, relation: 'signed_at' }] },
      ['/abouts/0 unknown_record', '/abouts/0/relation not_signed'],
    ],
    [
      { dealId: NOBODY, ownerId: NOBODY, signatories: [{ personId: NOBODY, organizationId: NOBODY }] },
      ['/dealId unknown_record', '/ownerId unknown_user', '/signatories/0/organizationId unknown_record'],
    ],
  ])('is refused as %j', async (fields, expected) =>
    expect(await refused(fields)).toEqual(expect.arrayContaining(expected)),
  );

  it.each([
    [{ kind: 'treaty' }, '/kind'],
    [{ status: 'concluded' }, '/status'],
    [{ title: ' ' }, '/title'],
    [{ signedOn: '2026-02-30' }, '/signedOn'],
    [{ expiresOn: '2026' }, '/expiresOn'],
    [{ expiresOn: '9999-12-31' }, '/expiresOn'],
    [{ signedOn: '0026-03' }, '/signedOn'],
    [{ initialedPrecision: 'window' }, '/initialedPrecision'],
    [{ value: { amount: '-1', currency: 'USD' } }, '/value/amount'],
    [{ value: { amount: '1'.repeat(40), currency: 'USD' } }, '/value/amount'],
    [{ value: { amount: '1', currency: 'XYZ' } }, '/value/currency'],
    [{ about: { type: 'session', id: NOBODY, relation: 'caused_by' } }, '/about/relation'],
    [{ reason: 'none' }, '/reason'],
  ])('is refused as %j, at the place of the fault', async (fields, pointer) => {
    const { errors } = await send<{ errors: Fault[] }>('post', '/v1/agreements', { ...SIGNED, ...fields }, 422, staff);
    expect([...new Set(errors.map((fault) => fault.pointer))]).toEqual([pointer]);
  });

  it('follows others, and never itself', async () => {
    const [charter, contract] = [await agreement({ kind: 'charter', title: 'Charter' }), await agreement()];
    const about = { type: 'agreement', id: charter.id, relation: 'follows' };
    expect(await change(contract.id, { about })).toMatchObject({ about: { ...about, title: 'Charter' } });
    const entries = await get<{ data: { about: Made; detail: object }[] }>(
      `/v1/agreements/${charter.id}/timeline?filter[kind]=agreement`,
    );
    expect(entries.data).toMatchObject([{ about: { id: contract.id }, detail: { relations: ['follows'] } }]);
    expect(await unchanged(charter.id, { about })).toEqual(['/about same_agreement']);
  });

  it('goes on by any step, and back only for a reason that the audit trail keeps', async () => {
    const { id } = await agreement({ status: 'draft' });
    await change(id, { status: 'in_force', signedOn: '2026-03-11', initialedOn: '2026-03-10' });
    expect(await unchanged(id, { status: 'initialed' })).toEqual(['/reason required']);
    expect(await unchanged(id, { notes: 'x', reason: 'none' })).toEqual(['/reason no_status_change']);
    const reason = 'The press release speaks of initials';
    expect(await change(id, { status: 'initialed', reason })).toMatchObject({
      ...{ status: 'initialed', signedOn: null, datePrecision: 'unknown', initialedOn: '2026-03-10' },
    });
    const { data } = await get<{ data: { action: string; after: object; before: object }[] }>(
      `/v1/audit-entries?filter[aboutId]=${id}&filter[action]=status_corrected`,
      manager,
    );
    expect(data).toMatchObject([{ before: { status: 'in_force' }, after: { status: 'initialed', reason } }]);
  });

  it('loses the days of its signatures when it turns out not to be signed, and no link may say otherwise', async () => {
    const [signer, talks] = [await person('Signer of Nothing'), await meeting('Where it was signed')];
    const { id } = await agreement({
      signatories: [{ personId: signer.id, title: 'Minister', signedOn: '2026-03-11' }],
      about: { type: 'side_meeting', id: talks.id, relation: 'signed_at' },
    });
    expect(await unchanged(id, { status: 'initialed', reason: 'Misread' })).toEqual(['/status not_signed']);
    const about = { type: 'side_meeting', id: talks.id, relation: 'initialed_at' };
    const corrected = await change(id, { status: 'initialed', reason: 'Misread', about });
    expect(corrected.signatories).toMatchObject([{ personId: signer.id, title: 'Minister', signedOn: null }]);
    expect(corrected.abouts).toMatchObject([{ id: talks.id, relation: 'initialed_at' }]);
  });

  it('is shown as expired once its last day is over, until somebody gives it a later one', async () => {
    const party = await organization('Expiring Partner');
    const made = { parties: [{ organizationId: party.id }], signedOn: '2025-01-10' };
    const [over, holding] = [
      await agreement({ ...made, status: 'in_force', expiresOn: '2025-12-31' }),
      await agreement({ ...made, expiresOn: day(0) }),
    ];
    expect([over.status, holding.status]).toEqual(['expired', 'signed']);
    const own = `filter[partyId]=${party.id}`;
    expect(await listed(`${own}&filter[status]=expired`)).toEqual([over.id]);
    expect(await listed(`${own}&filter[status][in]=signed,in_force`)).toEqual([holding.id]);
    expect(await unchanged(over.id, { status: 'in_force' })).toEqual(['/expiresOn passed']);
    expect(await change(over.id, { expiresOn: day(400) })).toMatchObject({ status: 'in_force' });
    expect(await listed(`${own}&sort=expiresOn`)).toEqual([holding.id, over.id]);
    expect(await listed(`${own}&filter[expiresOn][lt]=${day(100)}`)).toEqual([holding.id]);
  });

  it('tells whoever holds an older version, also of its parties', async () => {
    const { id } = await agreement();
    const party = { name: 'Georgia' };
    await staff.post(`/v1/agreements/${id}/parties`).send(party).expect(201);
    await staff.patch(`/v1/agreements/${id}`).set('If-Match', '"1"').send({ title: 'Stale' }).expect(412);
    await staff.patch(`/v1/agreements/${id}`).set('If-Match', '"2"').send({ title: 'Fresh' }).expect(200);
    await staff.delete(`/v1/agreements/${id}`).set('If-Match', '"2"').expect(412);
  });

  it('leaves the lists when it is archived, and keeps its links', async () => {
    const talks = await meeting('Archived later');
    const { id } = await agreement({ about: { type: 'side_meeting', id: talks.id } });
    await staff.delete(`/v1/agreements/${id}`).expect(204);
    expect(await listed(`filter[aboutId]=${talks.id}`)).toEqual([]);
    expect(await get(`/v1/agreements/${id}`)).toMatchObject({
      archivedAt: expect.any(String),
      about: { id: talks.id },
    });
    await staff.patch(`/v1/agreements/${id}`).send({ title: 'x' }).expect(404);
    await staff.post(`/v1/agreements/${id}/parties`).send({ name: 'x' }).expect(404);
  });

  it('is read by viewers, written by staff, and nobody else’s business', async () => {
    const { id } = await agreement();
    await viewer.get(`/v1/agreements/${id}`).expect(200);
    await viewer.get(`/v1/agreements/${id}/timeline`).expect(200);
    await viewer.post('/v1/agreements').send(BASIC).expect(403);
    await viewer.patch(`/v1/agreements/${id}`).send({}).expect(403);
    await api.guest.get(`/v1/agreements/${id}`).expect(401);
    await staff.get(`/v1/agreements/${NOBODY}`).expect(404);
    await staff.get(`/v1/agreements/${NOBODY}/signatories`).expect(404);
  });
});

describe('the parties and signatories of an agreement', () => {
  it('are replaced as a whole, in the order given; who stays is the same row', async () => {
    const [bank, plant, signer] = [
      await organization('Caspian Bank'),
      await organization('Cement Plant'),
      await person('Aysel Signatory'),
    ];
    const parties = [
      { organizationId: bank.id, role: 'lender' },
      { organizationId: plant.id, role: 'borrower' },
    ];
    const before = await agreement({ parties, signatories: [{ personId: signer.id, organizationId: bank.id }] });
    const after = await change(before.id, { parties: [...parties].reverse(), signatories: [] });
    expect(after.parties.map(({ id }) => id)).toEqual(before.parties.map(({ id }) => id).reverse());
    expect([after.signatories, after.version]).toEqual([[], 2]);
    const timeline = await get<{ data: { detail: { as: string[] } }[] }>(
      `/v1/organizations/${bank.id}/timeline?filter[kind]=agreement`,
    );
    expect(timeline.data.map(({ detail }) => detail.as)).toEqual([['party']]);
  });

  it('are added, changed and taken out one at a time', async () => {
    const { id } = await agreement();
    const [signer, firm] = [await person('Rauf Signatory'), await organization('Signing Firm')];
    const at = `/v1/agreements/${id}`;
    const party = await post<Party>(`${at}/parties`, { organizationId: firm.id });
    expect(await send('patch', `${at}/parties/${party.id}`, { role: 'buyer' }, 200, staff)).toMatchObject({
      ...{ id: party.id, organization: 'Signing Firm', role: 'buyer' },
    });
    const signatory = await post<Signatory>(`${at}/signatories`, { personId: signer.id, organizationId: firm.id });
    const signedOn = '2026-03-11';
    expect(await send('patch', `${at}/signatories/${signatory.id}`, { signedOn }, 200, staff)).toMatchObject({
      ...{ personId: signer.id, fullName: 'Rauf Signatory', organization: 'Signing Firm', signedOn },
    });
    expect(await get<{ data: object[] }>(`${at}/parties`)).toMatchObject({
      data: [{ name: 'Azerbaijan' }, { role: 'buyer' }],
    });
    expect(await get<{ data: object[] }>(`${at}/signatories`)).toMatchObject({ data: [{ id: signatory.id }] });
    await staff.delete(`${at}/signatories/${signatory.id}`).expect(204);
    await staff.delete(`${at}/parties/${party.id}`).expect(204);
    expect(await get(at)).toMatchObject({ parties: [{ name: 'Azerbaijan' }], signatories: [], version: 7 });
    await staff.delete(`${at}/parties/${party.id}`).expect(404);
  });

  it('are there once, and one of them always where it is signed', async () => {
    const { id, parties } = await agreement();
    const signer = await person('Once Only');
    const refusal = async (path: string, body: object, status = 409) =>
      (await send<{ code: string }>('post', `/v1/agreements/${id}/${path}`, body, status, staff)).code;
    expect(await refusal('parties', { name: 'azerbaijan' })).toBe('already_party');
    await post(`/v1/agreements/${id}/signatories`, { personId: signer.id });
    expect(await refusal('signatories', { personId: signer.id })).toBe('already_signatory');
    const { body } = await staff.delete(`/v1/agreements/${id}/parties/${parties[0]?.id}`).expect(409);
    expect(body.code).toBe('last_party');
  });

  it('have their faults told where they stand in the request', async () => {
    const { id } = await agreement({ status: 'draft' });
    const fault = async (path: string, body: object) =>
      told(await send('post', `/v1/agreements/${id}/${path}`, body, 422, staff));
    expect(await fault('parties', {})).toEqual([' party_required']);
    expect(await fault('parties', { organizationId: NOBODY })).toEqual(['/organizationId unknown_record']);
    expect(await fault('signatories', { personId: NOBODY, signedOn: '2026-03-11' })).toEqual([
      '/personId unknown_record',
      '/signedOn not_signed',
    ]);
  });

  it('keep their names when they are renamed, and their place when somebody is archived', async () => {
    const gone = await organization('Archived Party');
    const { id, parties } = await agreement({ parties: [{ organizationId: gone.id }, { name: 'Old name' }] });
    await staff.delete(`/v1/organizations/${gone.id}`).expect(204);
    const renamed = { name: 'New name' };
    const path = `/v1/agreements/${id}/parties/${parties[1]?.id}`;
    expect(await send('patch', path, renamed, 200, staff)).toMatchObject({ id: parties[1]?.id, ...renamed });
    const again = await change(id, { parties: [{ organizationId: gone.id, role: 'seller' }, renamed] });
    expect(again.parties).toMatchObject([{ id: parties[0]?.id, role: 'seller' }, { id: parties[1]?.id }]);
  });

  it('survive two who add at the same moment', async () => {
    const [{ id }, firm] = [await agreement(), await organization('Wanted Twice')];
    const answers = await Promise.all(
      [firm.id, firm.id].map((organizationId) => staff.post(`/v1/agreements/${id}/parties`).send({ organizationId })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('are not brought back by a change that waited for their merge', async () => {
    const gone = await organization('Merged Meanwhile');
    const parties = [{ organizationId: gone.id }, { name: 'Azerbaijan' }];
    const { id } = await agreement({ parties });
    const merging = api.database.dataSource.createQueryRunner();
    try {
      await merging.startTransaction();
      await merging.query('SELECT FROM records WHERE id = $1 FOR UPDATE', [gone.id]);
      const answer = unchanged(id, { parties: [...parties].reverse() });
      const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while (!(await api.database.queryOne(waiting)));
      await merging.query('DELETE FROM agreement_parties WHERE organization_id = $1', [gone.id]);
      await merging.query('UPDATE organizations SET archived_at = now() WHERE id = $1', [gone.id]);
      await merging.commitTransaction();
      expect(await answer).toEqual(['/parties/1/organizationId unknown_record']);
    } finally {
      await merging.release();
    }
  });

  it('become one where duplicates are merged, with all that was known of either, and two again', async () => {
    const [kept, other] = [await organization('Xəzər Terminal'), await organization('Khazar Terminal')];
    const [rauf, raouf] = [await person('Rauf Sadıqlı'), await person('Raouf Sadigli')];
    const parties = [{ organizationId: kept.id }, { organizationId: other.id, role: 'operator' }];
    const signatories = [{ personId: rauf.id }, { personId: raouf.id, title: 'Director', organizationId: other.id }];
    const { id } = await agreement({ parties, signatories });
    const merge = await post('/v1/organizations/merges', { keepId: kept.id, mergeIds: [other.id] }, manager);
    await post('/v1/people/merges', { keepId: rauf.id, mergeIds: [raouf.id] }, manager);
    const merged = await get(`/v1/agreements/${id}`);
    expect(merged.parties).toMatchObject([{ organizationId: kept.id, role: 'operator' }]);
    expect(merged.signatories).toMatchObject([{ personId: rauf.id, title: 'Director', organizationId: kept.id }]);
    await send('post', `/v1/merges/${merge.id}/revert`, {}, 200, manager);
    expect((await get(`/v1/agreements/${id}`)).parties).toMatchObject([
      { organizationId: kept.id, role: null },
      { organizationId: other.id, role: 'operator' },
    ]);
  });
});

describe('a link to a record that the caller may not see', () => {
  it('says no more than its type, is not found by its id, and cannot be made or dropped', async () => {
    const secret = await meeting('Secret talks', { visibility: 'restricted' }, manager);
    const open = await meeting('Open talks');
    const links = [secret, open].map(({ id }) => ({ type: 'side_meeting', id }));
    const { id } = await agreement({ abouts: links }, manager);
    const hidden = { type: 'side_meeting', restricted: true, relation: 'related' };
    const seen = await get(`/v1/agreements/${id}`);
    expect([seen.about, seen.abouts]).toEqual([hidden, [hidden, expect.objectContaining({ id: open.id })]]);
    expect(JSON.stringify(seen)).not.toContain(secret.id);
    expect(await listed(`filter[aboutId]=${secret.id}`)).toEqual([]);
    expect(await listed(`filter[aboutId]=${secret.id}`, manager)).toEqual([id]);
    expect(await unchanged(id, { about: links[0] })).toEqual(['/about unknown_record']);
    expect((await change(id, { abouts: [] })).abouts).toEqual([hidden]);
    expect((await get(`/v1/agreements/${id}`, manager)).abouts).toMatchObject([{ id: secret.id }]);
    await staff.get(`/v1/side-meetings/${secret.id}/timeline`).expect(404);
  });
});

describe('the end of an agreement', () => {
  interface Task extends Made {
    title: string;
    dueAtLocal: string;
    timeZone: string;
    assigneeId: string | null;
    status: string;
  }
  const tasksOf = async (id: string) =>
    (await get<{ data: Task[] }>(`/v1/tasks?filter[aboutId]=${id}&sort=createdAt`)).data;
  const due = async (id: string) =>
    (await tasksOf(id)).map(({ dueAtLocal, status }) => `${dueAtLocal.slice(0, 16)} ${status}`);
  const planned = async (taskId: string) =>
    (await get<{ data: { status: string }[] }>(`/v1/messages?filter[aboutId]=${taskId}`)).data.map(
      ({ status }) => status,
    );

  it('is a task of its owner 30 days ahead, at nine in the morning of the house, with a reminder', async () => {
    const { id } = await agreement({ expiresOn: '2037-04-30' });
    const [task] = await tasksOf(id);
    expect(task).toMatchObject({
      ...{ dueAtLocal: '2037-03-31T09:00:00', timeZone: 'America/New_York', assigneeId: staff.id, status: 'open' },
      about: { type: 'agreement', id },
    });
    expect(await planned(task?.id ?? '')).toEqual(['planned']);
  });

  it('moves with its day and its owner, but keeps what people made of the task', async () => {
    const { id } = await agreement({ expiresOn: '2037-04-30' });
    await change(id, { expiresOn: '2037-05-31', ownerId: manager.id });
    const [task] = await tasksOf(id);
    expect(task).toMatchObject({ dueAtLocal: '2037-05-01T09:00:00', assigneeId: manager.id });
    await send('patch', `/v1/tasks/${task?.id}`, { dueAt: '2037-02-01T12:00' }, 200, manager);
    await change(id, { expiresOn: '2037-06-30', ownerId: staff.id });
    expect(await tasksOf(id)).toMatchObject([{ dueAtLocal: '2037-02-01T12:00:00', assigneeId: staff.id }]);
  });

  it('goes when the agreement is terminated, archived or without an end, and comes back with it', async () => {
    const { id } = await agreement({ expiresOn: '2037-04-30' });
    const [task] = await tasksOf(id);
    await change(id, { status: 'terminated' });
    expect(await due(id)).toEqual(['2037-03-31T09:00 cancelled']);
    expect(await planned(task?.id ?? '')).toEqual(['cancelled']);
    await change(id, { status: 'in_force', reason: 'The notice was withdrawn' });
    await change(id, { expiresOn: null });
    expect(await due(id)).toEqual(['2037-03-31T09:00 cancelled']);
    await change(id, { expiresOn: '2037-05-31' });
    expect(await due(id)).toEqual(['2037-05-01T09:00 open']);
    await staff.delete(`/v1/agreements/${id}`).expect(204);
    expect(await due(id)).toEqual(['2037-05-01T09:00 cancelled']);
  });

  it('is seen to once, and again when it comes again', async () => {
    const { id } = await agreement({ expiresOn: '2037-04-30' });
    const [task] = await tasksOf(id);
    await staff.post(`/v1/tasks/${task?.id}/completion`).expect(200);
    await change(id, { notes: 'Renewal agreed' });
    expect(await due(id)).toEqual(['2037-03-31T09:00 done']);
    await change(id, { expiresOn: '2039-04-30' });
    expect(await due(id)).toEqual(['2037-03-31T09:00 done', '2039-03-31T09:00 open']);
  });

  it('is nobody’s task before it is signed, or once it is over', async () => {
    const draft = await agreement({ status: 'draft', expiresOn: '2037-04-30' });
    const over = await agreement({ expiresOn: '2025-12-31' });
    expect([await due(draft.id), await due(over.id)]).toEqual([[], []]);
    await change(draft.id, { status: 'signed' });
    expect(await due(draft.id)).toEqual(['2037-03-31T09:00 open']);
  });
});
