/**
 * Request bodies to start from, by operation. Those that point at something else use ids that must be replaced;
 * all others are posted as they stand by a test.
 */
export const EXAMPLES: Record<string, Record<string, unknown>> = {
  authLogin: { email: 'admin@chamberlain.example', password: 'a long password' },
  usersCreate: {
    email: 'leyla@chamber.example',
    name: 'Leyla Məmmədova',
    role: 'staff',
    timeZone: 'America/New_York',
    locale: 'az',
  },
  apiKeysCreate: { name: 'Website', role: 'viewer', expiresAt: '2027-03-31T00:00:00Z' },
  organizationsCreate: {
    name: 'Caspian Bridge Logistics',
    kind: 'company',
    country: 'AZ',
    website: 'https://caspian-bridge.example.com',
    aliases: ['CBL'],
    sectors: ['logistics_transport'],
  },
  sectorsCreate: { code: 'film_industry', labels: { en: 'Film industry', az: 'Kino sənayesi' }, isic: 'J' },
  peopleCreate: {
    fullName: 'Aysel Quliyeva',
    email: 'aysel@example.com',
    country: 'AZ',
    locale: 'az',
    timeZone: 'Asia/Baku',
  },
  membershipTiersCreate: {
    code: 'gold',
    name: 'Gold',
    annualDues: { amount: '2500.00', currency: 'USD' },
    graceDays: 30,
  },
  membershipsCreate: {
    organizationId: '01a1ffd7-bd71-74a1-8960-0f00f54dfc81',
    tierCode: 'gold',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
  },
  mergesMergePeople: {
    keepId: '01a1ffd7-bd71-74a1-8960-0f00f54dfc81',
    mergeIds: ['01a1ffd7-bda5-76d9-aa01-233440906617'],
    dryRun: true,
    fields: { phone: '01a1ffd7-bda5-76d9-aa01-233440906617' },
  },
  mergesMergeOrganizations: {
    keepId: '01a1ffd7-bd71-74a1-8960-0f00f54dfc81',
    mergeIds: ['01a1ffd7-bda5-76d9-aa01-233440906617'],
    dryRun: true,
  },
  conferencesCreate: {
    name: 'U.S.-Azerbaijan Trade and Business Conference',
    occasion: '30th anniversary of the chamber',
    status: 'draft',
    startsAt: '2027-03-10T09:00',
    endsAt: '2027-03-11T18:00',
    timeZone: 'America/New_York',
    city: 'Washington',
    country: 'US',
  },
  sideMeetingsLog: {
    title: 'Customs software for the Alat port',
    kind: 'bilateral',
    status: 'scheduled',
    startsAt: '2027-03-10T10:00',
    endsAt: '2027-03-10T10:45',
    timeZone: 'America/New_York',
    topics: ['customs', 'digital services'],
    participants: [
      { name: 'Rauf Sadıqlı', organization: 'Xəzər Terminal', side: 'visiting' },
      { name: 'Ben Harrow', organization: 'Tidewater Systems', side: 'host' },
    ],
    createMissing: true,
    followUps: [{ title: 'Send the terms of reference', dueAt: '2027-03-12T17:00:00Z' }],
  },
  tasksCreate: {
    title: 'Call the embassy',
    dueAt: '2027-03-01T15:00:00Z',
    priority: 'high',
    remindBefore: ['P1D', 'PT1H'],
  },
  reminderRulesCreate: {
    subject: 'task',
    offset: '-P3D',
    atLocalTime: '09:00',
    audience: 'assignee',
    templateKey: 'task_reminder',
    enabled: true,
  },
  suppressionsCreate: { email: 'no.more.mail@example.com', reason: 'Asked us by telephone' },
  invitationsInvite: {
    about: { type: 'conference', id: '01a1ffd7-bda5-76d9-aa01-233440906617' },
    recipients: { tierCodes: ['gold'], countries: ['AZ'] },
    respondBy: '2027-02-28T22:00:00Z',
  },
};
