import { v7 } from 'uuid';
import { isCalendarDate } from '#database';
import type { FaultList, FieldFault } from '#faults';
import {
  type AgreementAboutInput,
  aboutKey,
  type AgreementLinks,
  DEFAULT_RELATION,
  EVENTS,
  type PartyInput,
  partyKey,
  type SignatoryInput,
  type StoredAbout,
  type StoredParty,
  type StoredSignatory,
  TAKES_PLACE,
} from './agreement-links.js';
import { type AgreementStatus, isInitialed, isSigned } from './agreement-status.js';

/** What an agreement is to be linked to; what is left out stays, what is given replaces what is there. */
export interface LinksInput {
  parties?: PartyInput[];
  signatories?: SignatoryInput[];
  /** The only record it is linked to. */
  about?: AgreementAboutInput | null;
  /** The same for several. */
  abouts?: AgreementAboutInput[];
}

/** A record that a request names, and where. */
type PointedAbout = AgreementAboutInput & { pointer: string };

/** All links after a change, in the agreement's status; rows of those who were there already keep their ids. */
export function linksAfter(
  input: LinksInput,
  stored: AgreementLinks,
  status: AgreementStatus,
  today: string,
  faults: FaultList,
): AgreementLinks {
  const parties = input.parties ? partiesOf(input.parties, stored.parties, faults) : stored.parties;
  if (isSigned(status) && parties.length === 0)
    faults.add({ pointer: '/parties', code: 'required', message: 'What is signed has a party at least.' });
  const signatories = input.signatories
    ? signatoriesOf(input.signatories, stored.signatories, status, today, faults)
    : stored.signatories.map((signatory) => (isSigned(status) ? signatory : { ...signatory, signedOn: null }));
  return { parties, signatories, abouts: aboutsAfter(input, stored.abouts, status, faults) };
}

/** What a request links to, each with its pointer; undefined where it leaves the links alone. */
export function pointedAbouts({ about, abouts }: LinksInput): PointedAbout[] | undefined {
  if (abouts) return abouts.map((each, index) => ({ ...each, pointer: `/abouts/${index}` }));
  if (about === undefined) return undefined;
  return about ? [{ ...about, pointer: '/about' }] : [];
}

function partiesOf(inputs: PartyInput[], stored: StoredParty[], faults: FaultList): StoredParty[] {
  const keys = inputs.map(partyKey);
  faults.add(...inputs.flatMap((party, index) => partyFaults(party, `/parties/${index}`)), ...twice(keys, '/parties'));
  return inputs.map(({ id, organizationId = null, personId = null, name = null, role = null }, index) => {
    const known = id ?? stored.find((party) => partyKey(party) === keys[index])?.id;
    return { id: known ?? v7(), organizationId, personId, name, role };
  });
}

function partyFaults({ organizationId, personId, name }: PartyInput, pointer: string): FieldFault[] {
  if (organizationId && personId)
    return [{ pointer, code: 'one_party', message: 'A party is an organization or a person, not both.' }];
  if (organizationId || personId || name) return [];
  return [{ pointer, code: 'party_required', message: 'Name an organization, a person, or the party as printed.' }];
}

function signatoriesOf(
  inputs: SignatoryInput[],
  stored: StoredSignatory[],
  status: AgreementStatus,
  today: string,
  faults: FaultList,
): StoredSignatory[] {
  const people = inputs.map(({ personId }) => personId);
  faults.add(...twice(people, '/signatories'));
  return inputs.map(({ personId, organizationId = null, title = null, signedOn = null }, index) => {
    faults.add(...signingFaults(signedOn, status, today, `/signatories/${index}/signedOn`));
    const id = stored.find((signatory) => signatory.personId === personId)?.id ?? v7();
    return { id, personId, organizationId, title, signedOn };
  });
}

function signingFaults(signedOn: string | null, status: AgreementStatus, today: string, pointer: string): FieldFault[] {
  if (signedOn === null) return [];
  if (!isCalendarDate(signedOn)) return [{ pointer, code: 'bad_date', message: 'A date YYYY-MM-DD.' }];
  if (!isSigned(status))
    return [{ pointer, code: 'not_signed', message: `An agreement that is ${status} has not been signed.` }];
  if (signedOn <= today) return [];
  return [{ pointer, code: 'in_future', message: 'What has happened did not happen in the future.' }];
}

/** Whom the caller may not know of, they cannot name; so those links stay as they are. */
function aboutsAfter(
  input: LinksInput,
  stored: StoredAbout[],
  status: AgreementStatus,
  faults: FaultList,
): StoredAbout[] {
  if (input.about && input.abouts)
    faults.add({ pointer: '/about', code: 'contradiction', message: 'Give about or abouts, not both.' });
  const pointed = pointedAbouts(input);
  const given = pointed?.map(({ id, type, relation = DEFAULT_RELATION }) => {
    return { recordId: id, type, relation, visible: true };
  });
  const keys = given?.map(aboutKey) ?? [];
  faults.add(...(pointed ?? []).flatMap(relationFaults), ...twice(keys, '/abouts'));
  const after = given ? [...given, ...stored.filter(({ visible }) => !visible)] : stored;
  const pointers = new Map(pointed?.map(({ pointer }, index) => [keys[index], `${pointer}/relation`]));
  faults.add(...after.flatMap((about) => claimFaults(about, status, pointers.get(aboutKey(about)) ?? '/status')));
  return after;
}

/** Only what takes place is somewhere. */
function relationFaults({ type, relation = DEFAULT_RELATION, pointer }: PointedAbout): FieldFault[] {
  if (!TAKES_PLACE.includes(relation) || EVENTS.includes(type)) return [];
  const message = `"${relation}" needs something that took place: ${EVENTS.join(', ')}.`;
  return [{ pointer: `${pointer}/relation`, code: 'not_an_event', message }];
}

/** Nothing is signed anywhere before it is signed. */
function claimFaults({ relation }: StoredAbout, status: AgreementStatus, pointer: string): FieldFault[] {
  const claimed = relation === 'signed_at' ? isSigned(status) : relation !== 'initialed_at' || isInitialed(status);
  if (claimed) return [];
  const message = `An agreement that is ${status} has no link "${relation}"; take that back first.`;
  return [{ pointer, code: relation === 'signed_at' ? 'not_signed' : 'not_initialed', message }];
}

function twice(keys: string[], pointer: string): FieldFault[] {
  return keys.flatMap((key, index) =>
    keys.indexOf(key) === index
      ? []
      : [{ pointer: `${pointer}/${index}`, code: 'duplicate', message: 'Once is enough.' }],
  );
}
