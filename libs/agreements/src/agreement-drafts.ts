import { Injectable } from '@nestjs/common';
import { UsersReader } from '#access';
import { currentActor, Database } from '#database';
import { FaultList, type FieldFault, Invalid } from '#faults';
import { nameKey, type RecordReference, RecordsReader } from '#records';
import { firstToday } from './agreement-expiry.js';
import { type LinksInput, linksAfter, pointedAbouts } from './agreement-link-drafts.js';
import { type AgreementLinks, NO_LINKS } from './agreement-links.js';
import type { AgreementStatus } from './agreement-status.js';
import { agreementTerms, type TermsText } from './agreement-terms.js';
import type { Agreement, AgreementKind, ProvenanceStatement } from './agreement.entity.js';
import { type Money, moneyFields } from '#deals';

export interface AgreementInput extends TermsText, LinksInput {
  title: string;
  kind: AgreementKind;
  status: AgreementStatus;
  /** What it is about, in words. */
  subject?: string | null;
  value?: Money | null;
  dealId?: string | null;
  /** Whoever adds it unless said otherwise. */
  ownerId?: string | null;
  /** What each source says, in its words. */
  provenance?: ProvenanceStatement[];
  notes?: string | null;
}

export type AgreementPatch = Partial<AgreementInput>;

/** An agreement that was checked and only needs to be stored. */
export interface AgreementDraft {
  fields: Partial<Agreement>;
  links: AgreementLinks;
}

/** Something named in a request, and where. */
type Named = RecordReference & { pointer: string };

/** Checks what is said of agreements, all faults at once, before anything is written. */
@Injectable()
export class AgreementDrafts {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
    private readonly users: UsersReader,
  ) {}

  /** Throws Invalid. */
  async ofNew(input: AgreementInput): Promise<AgreementDraft> {
    const { id: createdBy } = currentActor();
    const ownerId = input.ownerId === undefined ? await this.actingUser() : input.ownerId;
    const { fields, links } = await this.check({ ...input, ownerId }, input.status, NO_LINKS);
    return { fields: { ...fields, createdBy }, links };
  }

  /** Throws Invalid. */
  ofPatch(patch: AgreementPatch, stored: Agreement, links: AgreementLinks): Promise<AgreementDraft> {
    return this.check(patch, patch.status ?? stored.status, links, stored);
  }

  /** Waits for merges of those whom a change names, and keeps others from merging them: what it finds of them then is so. */
  async hold({ parties = [], signatories = [] }: AgreementPatch): Promise<void> {
    const ids = [...parties, ...signatories].flatMap(({ organizationId, personId }) => [organizationId, personId]);
    await this.records.liveAmong(ids.filter((id) => typeof id === 'string'));
  }

  private async check(
    input: AgreementPatch,
    status: AgreementStatus,
    linked: AgreementLinks,
    stored?: Agreement,
  ): Promise<AgreementDraft> {
    const faults = new FaultList();
    const now = await this.database.now();
    const terms = await agreementTerms({ ...input, status }, stored, now, faults);
    const links = linksAfter(input, linked, status, firstToday(now), faults);
    const named = newReferences(input, linked, stored);
    faults.add(...named.filter(({ id }) => id === stored?.id).map(linkedToItself));
    await faults.gather(() => this.records.demand(named, currentActor(), (index) => named[index]?.pointer ?? ''));
    if (input.ownerId && input.ownerId !== stored?.ownerId)
      await faults.gather(() => this.demandOwner(input.ownerId ?? ''));
    faults.throwAny();
    return { fields: { ...terms, ...plainFields(input) }, links };
  }

  private async demandOwner(ownerId: string): Promise<void> {
    const [user] = await this.users.active([ownerId]);
    if (!user) throw Invalid.field('/ownerId', 'unknown_user', `There is no active user with id ${ownerId}.`);
  }

  /** API keys are nobody's. */
  private async actingUser(): Promise<string | null> {
    const { id } = currentActor();
    const [user] = id ? await this.users.active([id]) : [];
    return user?.id ?? null;
  }
}

/** Only what the input names, so that a patch leaves the rest alone. */
function plainFields(input: AgreementPatch): Partial<Agreement> {
  const { title, kind, subject, value, dealId, ownerId, provenance, notes } = input;
  return {
    ...{ title, kind, subject, dealId, ownerId, provenance, notes },
    ...(title !== undefined && { searchKey: nameKey(title) }),
    ...moneyFields(value),
  };
}

/** What a request names anew: what was linked before may have been archived since. */
function newReferences(input: AgreementPatch, linked: AgreementLinks, stored?: Agreement): Named[] {
  const organizations = new Set([...linked.parties, ...linked.signatories].map(({ organizationId }) => organizationId));
  const people = new Set([...linked.parties, ...linked.signatories].map(({ personId }) => personId));
  const parties = [...pointed(input.parties, '/parties'), ...pointed(input.signatories, '/signatories')];
  return [
    ...(input.dealId && input.dealId !== stored?.dealId ? [named('deal', input.dealId, '/dealId')] : []),
    ...parties.flatMap(({ organizationId, personId, pointer }) => [
      ...(organizationId && !organizations.has(organizationId)
        ? [named('organization', organizationId, `${pointer}/organizationId`)]
        : []),
      ...(personId && !people.has(personId) ? [named('person', personId, `${pointer}/personId`)] : []),
    ]),
    ...(pointedAbouts(input) ?? []).filter(
      ({ type, id }) => !linked.abouts.some((about) => about.visible && about.recordId === id && about.type === type),
    ),
  ];
}

const linkedToItself = ({ pointer }: Named): FieldFault => ({
  pointer,
  code: 'same_agreement',
  message: 'An agreement is not linked to itself.',
});

const named = (type: RecordReference['type'], id: string, pointer: string): Named => ({ type, id, pointer });

const pointed = <T extends object>(list: T[] | undefined, at: string): (T & { pointer: string })[] =>
  (list ?? []).map((each, index) => ({ ...each, pointer: `${at}/${index}` }));
