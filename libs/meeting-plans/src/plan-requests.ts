import type { FaultList } from '#faults';
import { MOST_REQUESTS } from '#timetable';
import { type PlanPair, type PlanRequestText, USUAL_PRIORITY } from './meeting-plan.js';

/** A delegate of the mission, as far as a plan is concerned. */
export interface PlanDelegate {
  id: string;
  personId: string;
  fullName: string;
  organizationId: string | null;
  status: string;
  takesPart: boolean;
}

/** A host of the mission, likewise. */
export interface PlanHost {
  id: string;
  organizationId: string;
  organization: string;
  contactId: string | null;
  status: string;
  takesPart: boolean;
}

/** Everybody of a mission whom a plan may have meet, by id. */
export interface PlanParties {
  delegates: Map<string, PlanDelegate>;
  hosts: Map<string, PlanHost>;
}

export interface CheckedRequest extends PlanPair {
  priority: number;
  interpreter: boolean;
}

/** One text for a pair. */
export const pairKey = ({ delegateId, hostId }: PlanPair): string => `${delegateId} ${hostId}`;

/** What is wrong with requests, each at its own pointer; faults go to the list. */
export function checkRequests(requests: PlanRequestText[], parties: PlanParties, faults: FaultList): CheckedRequest[] {
  if (requests.length === 0)
    faults.add({ pointer: '/requests', code: 'required', message: 'A plan needs at least one request.' });
  if (requests.length > MOST_REQUESTS) {
    const message = `At most ${MOST_REQUESTS} requests; these are ${requests.length}.`;
    faults.add({ pointer: '/requests', code: 'too_many', message, limit: MOST_REQUESTS });
    return [];
  }
  const pairs = new Map<string, number>();
  requests.forEach((request, index) => {
    const pointer = `/requests/${index}`;
    const [delegate, host] = [parties.delegates.get(request.delegateId), parties.hosts.get(request.hostId)];
    checkParty(delegate, `${pointer}/delegateId`, request.delegateId, 'delegate', faults);
    checkParty(host, `${pointer}/hostId`, request.hostId, 'host', faults);
    if (delegate && host) checkPair(delegate, host, pointer, faults);
    checkOnce(request, host, index, pairs, faults);
  });
  checkContacts(requests, parties, faults);
  return requests.map(({ delegateId, hostId, priority = USUAL_PRIORITY, interpreter = false }) => ({
    ...{ delegateId, hostId, priority, interpreter },
  }));
}

/** Each pair once; two hosts with one contact are one to whoever meets that person. */
function checkOnce(
  request: PlanRequestText,
  host: PlanHost | undefined,
  index: number,
  seen: Map<string, number>,
  faults: FaultList,
): void {
  const pointer = `/requests/${index}`;
  const twin = seen.get(pairKey(request));
  if (twin !== undefined)
    faults.add({ pointer, code: 'duplicate_request', message: `The same two as /requests/${twin}.` });
  seen.set(pairKey(request), twin ?? index);
  if (twin !== undefined || !host?.contactId) return;
  const person = `${request.delegateId} contact ${host.contactId}`;
  const other = seen.get(person);
  const message = `The same person receives for this host and for that of /requests/${other}; one meeting will do.`;
  if (other !== undefined) faults.add({ pointer, code: 'same_contact', message });
  else seen.set(person, index);
}

/** Nobody sits at two tables at once: whoever receives in a plan is no delegate in it. */
function checkContacts(requests: PlanRequestText[], parties: PlanParties, faults: FaultList): void {
  const guests = new Set(requests.map(({ delegateId }) => parties.delegates.get(delegateId)?.personId));
  requests.forEach(({ delegateId, hostId }, index) => {
    const contactId = parties.hosts.get(hostId)?.contactId;
    if (!contactId || !guests.has(contactId) || contactId === parties.delegates.get(delegateId)?.personId) return;
    const message = 'Who receives for this host is a delegate in this plan; give the host another contact.';
    faults.add({ pointer: `/requests/${index}/hostId`, code: 'contact_is_delegate', message });
  });
}

/** A party that is named must be of this mission, and coming. */
export function checkParty(
  party: PlanDelegate | PlanHost | undefined,
  pointer: string,
  id: string,
  noun: 'delegate' | 'host',
  faults: FaultList,
): void {
  if (!party) faults.add({ pointer, code: `unknown_${noun}`, message: `This mission has no ${noun} with id ${id}.` });
  else if (!party.takesPart)
    faults.add({
      pointer,
      code: 'not_taking_part',
      message: `This ${noun} has ${party.status}.`,
      status: party.status,
    });
}

function checkPair(delegate: PlanDelegate, host: PlanHost, pointer: string, faults: FaultList): void {
  if (delegate.personId === host.contactId)
    faults.add({ pointer, code: 'own_organization', message: `${delegate.fullName} would meet themselves.` });
  else if (delegate.organizationId === host.organizationId)
    faults.add({ pointer, code: 'own_organization', message: `${delegate.fullName} is of ${host.organization}.` });
}
