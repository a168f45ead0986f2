import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { FaultList, Invalid } from '#faults';
import type { PlannedMessage } from '#messaging';
import { type RecordReference, RecordsReader } from '#records';
import { type CommitmentDraft, CommitmentDrafts, type CommitmentInput } from './commitment-drafts.js';
import { CommitmentReminders } from './commitment-reminders.js';
import { CommitmentNotSettled, type CommitmentStatus, settled, type Settlement } from './commitment-status.js';
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
    private readonly reminders: CommitmentReminders,
  ) {}

  /** Throws Invalid. */
  @Transactional()
  async create(input: CommitmentInput): Promise<Commitment> {
    const faults = new FaultList();
    const drafts = await this.drafts.ofNew([input], () => '', faults);
    faults.throwAny();
    const { commitments } = await this.createAll(drafts);
    return commitments[0] as Commitment;
  }

  /** Stores drafts that were checked before, and answers what they plan to send. */
  @Transactional()
  async createAll(drafts: CommitmentDraft[]): Promise<{ commitments: Commitment[]; planned: PlannedMessage[] }> {
    const commitments = await this.store.insertAll(Commitment, drafts);
    return { commitments, planned: await this.reminders.planNew(commitments) };
  }

  /** Ends it, or opens it again, where `status` says so. Throws NotFound, Stale, Invalid, NoEvidence, Forbidden, CommitmentSettled. */
  @Transactional()
  async update(id: string, { status, evidence, ...patch }: CommitmentPatch, version?: number): Promise<Commitment> {
    const commitment = await this.visible(id, version);
    const fields = await this.drafts.ofPatch(patch, commitment);
    const change = await this.statusChange(commitment, status, evidence);
    return this.save(commitment, { ...fields, ...change });
  }

  /** It ends, and this shows it. Throws NotFound, Invalid, NoEvidence, CommitmentSettled. */
  @Transactional()
  async settle(id: string, as: Settlement, evidence: Evidence): Promise<Commitment> {
    const commitment = await this.visible(id);
    return this.save(commitment, await this.settlement(commitment, as, evidence), PAST[as]);
  }

  /** It is open after all, for a reason; what was taken for its end stays in the audit trail. Throws NotFound, CommitmentNotSettled. */
  @Transactional()
  async reopen(id: string, note: string): Promise<Commitment> {
    const commitment = await this.visible(id);
    if (commitment.status === 'open') throw new CommitmentNotSettled();
    return this.save(commitment, { ...OPEN, reopeningNote: note }, 'reopened');
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.visible(id, version);
    await this.store.archive(Commitment, id, version);
    await this.reminders.forget(id);
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

  private async save(commitment: Commitment, fields: Partial<Commitment>, action?: string): Promise<Commitment> {
    await this.store.update(Commitment, commitment, fields, action);
    await this.reminders.follow(commitment);
    return commitment;
  }

  private async statusChange(
    commitment: Commitment,
    to?: CommitmentStatus,
    evidence?: Evidence,
  ): Promise<Partial<Commitment>> {
    if (to === undefined || to === commitment.status)
      return evidence === undefined ? {} : this.otherEvidence(commitment, evidence);
    if (to === 'open') return OPEN;
    if (evidence === undefined) throw Invalid.field('/evidence', 'required', 'Say what shows it.');
    return this.settlement(commitment, to, evidence);
  }

  private async settlement(commitment: Commitment, as: Settlement, evidence: Evidence): Promise<Partial<Commitment>> {
    const end = { status: settled(commitment.status, as), settledAt: await this.database.now() };
    return { ...end, ...(await this.shown(evidence, commitment)) };
  }

  private async otherEvidence(commitment: Commitment, evidence: Evidence): Promise<Partial<Commitment>> {
    if (commitment.status === 'open')
      throw Invalid.field('/evidence', 'not_settled', 'An open commitment has no evidence yet.');
    await this.records.demandReplaceable(commitment.evidenceId);
    return this.shown(evidence, commitment);
  }

  /** Throws NoEvidence for a record that the actor may not know of, Invalid for the commitment itself. */
  private async shown(evidence: Evidence, { id }: Commitment): Promise<Pick<Commitment, 'evidence' | 'evidenceId'>> {
    if (typeof evidence === 'string') return { evidence, evidenceId: null };
    await this.records.demandEvidence(evidence, id);
    return { evidence: null, evidenceId: evidence.id };
  }
}

/** How the audit trail names an end. */
const PAST = { kept: 'fulfilled', broken: 'broken', released: 'released' } as const;

const OPEN = { status: 'open', evidence: null, evidenceId: null, settledAt: null } as const;
