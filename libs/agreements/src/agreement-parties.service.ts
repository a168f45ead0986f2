import { Injectable } from '@nestjs/common';
import { definedOnly } from '#audit';
import { Database, Transactional } from '#database';
import { Invalid, NotFound } from '#faults';
import type { AgreementPatch } from './agreement-drafts.js';
import { AgreementLinksStore } from './agreement-links.store.js';
import { type PartyInput, partyKey, type SignatoryInput } from './agreement-links.js';
import { isSigned } from './agreement-status.js';
import { AlreadyParty, AlreadySignatory, LastParty } from './agreement.errors.js';
import { AgreementsService } from './agreements.service.js';
import { LockedAgreements } from './locked-agreements.js';

/** One party or signatory at a time, by the rules of the whole agreement. */
@Injectable()
export class AgreementPartiesService {
  constructor(
    readonly database: Database,
    private readonly locked: LockedAgreements,
    private readonly links: AgreementLinksStore,
    private readonly agreements: AgreementsService,
  ) {}

  /** Answers the party's id. Throws NotFound, Invalid, AlreadyParty. */
  @Transactional()
  async addParty(agreementId: string, input: PartyInput): Promise<string> {
    const { parties } = await this.held(agreementId);
    const same = parties.find((party) => partyKey(party) === partyKey(input));
    if (same) throw new AlreadyParty(same.id);
    await this.write(agreementId, { parties: [...parties, input] }, `/parties/${parties.length}`);
    return (await this.links.of(agreementId)).parties.at(-1)?.id ?? '';
  }

  /** Its role, or its name as printed. Throws NotFound, Invalid. */
  @Transactional()
  async updateParty(agreementId: string, id: string, patch: Pick<PartyInput, 'name' | 'role'>): Promise<void> {
    const { parties } = await this.held(agreementId);
    const index = indexOf(parties, id, 'party');
    const changed = parties.map((party, at) => (at === index ? { ...party, ...definedOnly(patch) } : party));
    await this.write(agreementId, { parties: changed }, `/parties/${index}`);
  }

  /** Throws NotFound, LastParty. */
  @Transactional()
  async removeParty(agreementId: string, id: string): Promise<void> {
    const { agreement, parties } = await this.held(agreementId);
    indexOf(parties, id, 'party');
    if (parties.length === 1 && isSigned(agreement.status)) throw new LastParty();
    await this.agreements.update(agreementId, { parties: parties.filter((party) => party.id !== id) });
  }

  /** Answers the signatory's id. Throws NotFound, Invalid, AlreadySignatory. */
  @Transactional()
  async addSignatory(agreementId: string, input: SignatoryInput): Promise<string> {
    const { signatories } = await this.held(agreementId);
    const same = signatories.find(({ personId }) => personId === input.personId);
    if (same) throw new AlreadySignatory(same.id);
    await this.write(agreementId, { signatories: [...signatories, input] }, `/signatories/${signatories.length}`);
    return (await this.links.of(agreementId)).signatories.at(-1)?.id ?? '';
  }

  /** Throws NotFound, Invalid. */
  @Transactional()
  async updateSignatory(agreementId: string, id: string, patch: Partial<SignatoryInput>): Promise<void> {
    const { signatories } = await this.held(agreementId);
    const index = indexOf(signatories, id, 'signatory');
    const changed = signatories.map((signatory, at) =>
      at === index ? { ...signatory, ...definedOnly(patch) } : signatory,
    );
    await this.write(agreementId, { signatories: changed }, `/signatories/${index}`);
  }

  /** Throws NotFound. */
  @Transactional()
  async removeSignatory(agreementId: string, id: string): Promise<void> {
    const { signatories } = await this.held(agreementId);
    indexOf(signatories, id, 'signatory');
    await this.agreements.update(agreementId, { signatories: signatories.filter((each) => each.id !== id) });
  }

  /** Whoever changes the same agreement waits until the commit. Throws NotFound. */
  private async held(agreementId: string) {
    const agreement = await this.locked.get(agreementId);
    return { agreement, ...(await this.links.of(agreementId)) };
  }

  /** The request is about one of them, so its faults are told without the place in the list. */
  private async write(agreementId: string, patch: AgreementPatch, at: string): Promise<void> {
    try {
      await this.agreements.update(agreementId, patch);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      throw new Invalid(error.errors.map((fault) => ({ ...fault, pointer: fault.pointer.replace(at, '') })));
    }
  }
}

function indexOf(rows: { id: string }[], id: string, noun: string): number {
  const index = rows.findIndex((row) => row.id === id);
  if (index < 0) throw new NotFound(noun, id);
  return index;
}
