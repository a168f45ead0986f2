import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type AnalysisBatch,
  type AnalyzedBatch,
  type CommitBatch,
  type FileKey,
  type ImportTarget,
  ImportTargets,
  type LostRow,
  type RowChange,
  type RevertBatch,
  type RevertedRow,
  type RowDecision,
} from '#imports';
import { Decider } from './import-decision.js';
import { MEMBER_FIELDS } from './import-fields.js';
import { ImportLookup, signature } from './import-lookup.js';
import { ImportMail } from './import-mail.js';
import { type ImportPicture, KEY } from './import-picture.js';
import { ImportRenewals } from './import-renewals.js';
import { ImportReversalWriter } from './import-reversal-writer.js';
import { changesOf } from './import-preview.js';
import { readRow } from './import-row.js';
import { ImportSectors } from './import-sectors.js';
import type { OwnedPlan, Subject } from './import-subject.js';
import { ImportWriter } from './import-writer.js';
import type { MemberRow } from './member-row.js';

/** A members list: one row is an organization, its contact and its membership. */
@Injectable()
export class MembersImportTarget implements ImportTarget, OnModuleInit {
  readonly name = 'members';
  readonly fields = MEMBER_FIELDS;

  constructor(
    private readonly targets: ImportTargets,
    private readonly lookup: ImportLookup,
    private readonly writer: ImportWriter,
    private readonly sectors: ImportSectors,
    private readonly mail: ImportMail,
    private readonly renewals: ImportRenewals,
    private readonly reversal: ImportReversalWriter,
  ) {}

  onModuleInit(): void {
    this.targets.register(this);
  }

  async analyze(batch: AnalysisBatch): Promise<AnalyzedBatch> {
    const context = {
      dateOrder: batch.dateOrder,
      header: (field: string) => batch.header(field),
      tiers: await this.lookup.tiers(),
    };
    const read = batch.rows.map((row) => ({ rowNumber: row.rowNumber, ...readRow(row, context) }));
    const sound = read.flatMap((answer) => ('row' in answer ? [answer.row] : []));
    await this.sectors.translate(sound);
    const picture = await this.lookup.picture(sound, batch);
    const decided = decideAll(sound, picture, batch);
    const refused = read.flatMap((answer): RowDecision[] =>
      'row' in answer ? [] : [{ rowNumber: answer.rowNumber, verdict: 'error', problems: answer.problems }],
    );
    return { decisions: [...refused, ...decided], ...leftBehind(picture, decided) };
  }

  async commit(batch: CommitBatch): Promise<LostRow[]> {
    const planned = await this.writer.planned(batch);
    const lost = await this.writer.write(batch, planned);
    await this.sectors.note(planned);
    await this.renewals.note(planned, lost);
    if (planned.some(({ plan }) => plan.person?.before?.email)) await this.mail.follow(batch, lost);
    return lost;
  }

  changes(plans: object[]): Promise<RowChange[][]> {
    return changesOf(this.lookup.database, plans);
  }

  revert(batch: RevertBatch): Promise<RevertedRow[]> {
    return this.reversal.revert(batch);
  }
}

type Decided = RowDecision & { owned: OwnedPlan };

function decideAll(rows: MemberRow[], picture: ImportPicture, batch: AnalysisBatch): Decided[] {
  const decider = new Decider(picture, batch.mode, (field) => batch.header(field));
  const decided = rows.map((row) => decider.decide(row));
  for (const decision of decided) {
    if (Object.keys(decision.owned.plan).length > 0) decision.plan = decision.owned.plan;
  }
  return decided;
}

/** What later batches must know of this one. */
function leftBehind(picture: ImportPicture, decided: Decided[]): Omit<AnalyzedBatch, 'decisions'> {
  const own = new Set(decided.map(({ owned }) => owned));
  const subjects = [...picture.all()];
  const earlier = new Set(subjects.flatMap(({ owner }) => (owner?.changed && !own.has(owner) ? owner : [])));
  const said = subjects.filter(
    (subject) => subject.stored && subject.said.size > 0 && subject.kept !== signature(subject),
  );
  return {
    newKeys: [...picture.newKeys, ...said.filter(({ kept }) => kept === undefined).map(saidKey)],
    grownKeys: said.filter(({ kept }) => kept !== undefined).map(saidKey),
    changedPlans: [...earlier].map(({ rowNumber, plan }) => ({ rowNumber, plan })),
  };
}

const saidKey = ({ id, owner, said }: Subject): FileKey => ({
  key: KEY.said(id),
  subjectId: id,
  rowNumber: owner?.rowNumber ?? 0,
  fields: [...said],
});
