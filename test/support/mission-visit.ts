import type { Client } from './test-api.js';

export const NEW_YORK = 'America/New_York';

export interface Made {
  id: string;
  version: number;
  [field: string]: unknown;
}

/** A delegate as plans know them. */
export interface Guest {
  id: string;
  personId: string;
  organizationId: string;
}

/** A host likewise. */
export interface Receiver {
  id: string;
  contactId: string;
  organizationId: string;
}

export interface Visit {
  mission: Made;
  guests: Guest[];
  hosts: Receiver[];
}

/** Makes something over HTTP; throws with the answer when it is refused. */
export async function create(client: Client, path: string, body: object): Promise<Made> {
  const answer = await client.post(path).send(body);
  if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as Made;
}

let people = 0;

/** Somebody with an address of their own. */
export function addPerson(client: Client, fullName: string): Promise<Made> {
  people += 1;
  return create(client, '/v1/people', { fullName, email: `p${people}@example.com` });
}

const addOrganization = (client: Client, name: string): Promise<Made> =>
  create(client, '/v1/organizations', { name, kind: 'company' });

/** A mission of May 2027 with some delegates, each of an organization, and hosts, each with a contact. */
export async function addVisit(client: Client, delegates: number, hosts: number): Promise<Visit> {
  const mission = await create(client, '/v1/trade-missions', {
    ...{ name: 'Civil nuclear reverse trade mission', direction: 'reverse', originCountry: 'AZ', hostCountry: 'US' },
    ...{ startsOn: '2027-05-03', endsOn: '2027-05-07', timeZone: NEW_YORK },
  });
  const visit: Visit = { mission, guests: [], hosts: [] };
  for (let i = 1; i <= delegates; i++) {
    const { id: personId } = await addPerson(client, `Aysel Quliyeva ${i}`);
    const { id: organizationId } = await addOrganization(client, `Xəzər Enerji ${i}`);
    const fields = { personId, organizationId, role: 'delegate' };
    const { id } = await create(client, `/v1/trade-missions/${mission.id}/delegates`, fields);
    visit.guests.push({ id, personId, organizationId });
  }
  for (let i = 1; i <= hosts; i++) {
    const { id: contactId } = await addPerson(client, `Ben Harrow ${i}`);
    const { id: organizationId } = await addOrganization(client, `Reactor Works ${i}`);
    const { id } = await create(client, `/v1/trade-missions/${mission.id}/hosts`, { organizationId, contactId });
    visit.hosts.push({ id, contactId, organizationId });
  }
  return visit;
}

/** Every delegate wants every host. */
export const everyone = ({ guests, hosts }: Visit, priority = 3) =>
  guests.flatMap((guest) => hosts.map((host) => ({ delegateId: guest.id, hostId: host.id, priority })));

/** Half-hour slots of the 5th of May, from 9 o'clock there. */
export const slots = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    startsAt: `2027-05-05T${String(9 + Math.floor(i / 2)).padStart(2, '0')}:${i % 2 ? '30' : '00'}`,
    endsAt: `2027-05-05T${String(9 + Math.floor((i + 1) / 2)).padStart(2, '0')}:${i % 2 ? '00' : '30'}`,
  }));
