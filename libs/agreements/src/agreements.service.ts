import { Injectable } from '@nestjs/common';
import { AuditedStore, AuditTrail } from '#audit';
import { Database, Transactional } from '#database';
import { AgreementDrafts, type AgreementInput, type AgreementPatch } from './agreement-drafts.js';
import { AgreementExpiries } from './agreement-expiries.js';
import { AgreementLinksStore } from './agreement-links.store.js';
import { type AgreementStatus, isCorrection } from './agreement-status.js';
import { Agreement } from './agreement.entity.js';
import { LockedAgreements } from './locked-agreements.js';

/** Adds, changes and archives agreements, with their parties, signatories and what they are linked to. */
@Injectable()
export class AgreementsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly trail: AuditTrail,
    private readonly locked: LockedAgreements,
    private readonly drafts: AgreementDrafts,
    private readonly links: AgreementLinksStore,
    private readonly expiries: AgreementExpiries,
  ) {}

  /** What was agreed long ago may be recorded as it ended. Throws Invalid. */
  @Transactional()
  async create(input: AgreementInput): Promise<Agreement> {
    const { fields, links } = await this.drafts.ofNew(input);
    return this.trail.together(async () => {
      const agreement = await this.store.insert(Agreement, fields);
      await this.links.replace(agreement.id, links);
      await this.expiries.follow(agreement);
      return agreement;
    });
  }

  /** The status goes on by any step; back it goes for a reason, which the audit trail keeps. Throws NotFound, Stale, Invalid. */
  @Transactional()
  async update(id: string, patch: AgreementPatch, version?: number): Promise<Agreement> {
    const agreement = await this.locked.get(id, version);
    await this.drafts.hold(patch);
    const linked = await this.links.of(id);
    const { fields, links } = await this.drafts.ofPatch(patch, agreement, linked);
    const { status } = agreement;
    await this.store.update(Agreement, agreement, fields);
    if (await this.links.replace(id, links, linked)) await this.database.query(TOUCH, [id]);
    if (patch.reason) await this.explain(agreement, status, patch.reason);
    await this.expiries.follow(agreement);
    return agreement;
  }

  /** Nobody is reminded of it any more. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    const agreement = await this.locked.get(id, version);
    await this.store.update(Agreement, agreement, { archivedAt: new Date() }, 'archived');
    await this.expiries.follow(agreement);
  }

  private explain({ id, status }: Agreement, before: AgreementStatus, reason: string): Promise<void> {
    const action = isCorrection(before, status) ? 'status_corrected' : 'status_changed';
    const change = { before: { status: before }, after: { status, reason } };
    return this.trail.record({ action, subjectType: 'agreement', aboutId: id, ...change });
  }
}

/** Parties, signatories and links are part of the agreement: whoever holds an older version is told. */
const TOUCH = 'UPDATE agreements SET version = version + 1, updated_at = now() WHERE id = $1';
