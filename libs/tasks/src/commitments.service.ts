import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { FaultList, Invalid } from '#faults';
import { type RecordReference, RecordsReader } from '#records';
import { type CommitmentDraft, CommitmentDrafts, type CommitmentInput } from './commitment-drafts.js';
import { type CommitmentStatus, settled, type Settlement } from './commitment-status.js';
import { Commitment } from './commitment.entity.js';

/** What shows that a commitment ended: words, such as a link or a letter's date, or a record. */
export type Evidence = string | RecordReference;

/** A change of a commitment; ending it needs evidence. */
export type CommitmentPatch = Partial<CommitmentInput> & { status?: CommitmentStatus; evidence?: Evidence };

/** Who promised whom what, and whether it was kept. */
@Injectable()
export class CommitmentsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly drafts: CommitmentDrafts,
    private readonly records: RecordsReader,
  ) {}

  /** Throws Invalid. */
  @Transactional()
  async create(input: CommitmentInput): Promise<Commitment> {
    const faults = new FaultList();
    const drafts = await this.drafts.ofNew([input], () => '', faults);
    faults.throwAny();
    return (await this.createAll(drafts))[0] as Commitment;
  }

  /** Stores drafts that were checked before. */
  @Transactional()
  createAll(drafts: CommitmentDraft[]): Promise<Commitment[]> {
    return this.store.insertAll(Commitment, drafts);
  }

  /** Ends it, or opens it again, where `status` says so. Throws NotFound, Stale, Invalid, CommitmentSettled. */
  @Transactional()
  async update(id: string, { status, evidence, ...patch }: CommitmentPatch, version?: number): Promise<Commitment> {
    const commitment = await this.visible(id, version);
    const fields = await this.drafts.ofPatch(patch, commitment);
    const change =
      status === undefined || status === commitment.status ? {} : await this.statusChange(commitment, status, evidence);
    return this.store.update(Commitment, commitment, { ...fields, ...change });
  }

  /** The promise was kept. Throws NotFound, Invalid, CommitmentSettled. */
  @Transactional()
  async fulfil(id: string, evidence: Evidence): Promise<Commitment> {
    const commitment = await this.visible(id);
    return this.store.update(Commitment, commitment, await this.settle(commitment, 'kept', evidence), 'fulfilled');
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.visible(id, version);
    await this.store.archive(Commitment, id, version);
  }

  /** Makes the search rows of the commitments about a record as visible as that record is now. */
  @Transactional()
  async followVisibility(aboutId: string): Promise<void> {
    await this.database.query('UPDATE commitments SET about_id = about_id WHERE about_id = $1', [aboutId]);
  }

  /** The commitment, locked. Throws NotFound also for one the actor may not see. */
  private async visible(id: string, version?: number): Promise<Commitment> {
    await this.records.demandVisible('commitment', id);
    return this.store.lock(Commitment, id, version);
  }

  private async statusChange(
    commitment: Commitment,
    to: CommitmentStatus,
    evidence?: Evidence,
  ): Promise<Partial<Commitment>> {
    if (to === 'open') return { status: 'open', evidence: null, evidenceId: null, settledAt: null };
    if (evidence === undefined) throw Invalid.field('/evidence', 'required', 'Say what shows it.');
    return this.settle(commitment, to, evidence);
  }

  private async settle(commitment: Commitment, as: Settlement, evidence: Evidence): Promise<Partial<Commitment>> {
    const status = settled(commitment.status, as);
    if (typeof evidence === 'string') return { status, evidence, settledAt: new Date() };
    await this.records.demand([evidence], currentActor(), () => '/evidence');
    return { status, evidenceId: evidence.id, settledAt: new Date() };
  }
}
