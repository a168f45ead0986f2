import type { OrganizationRow, PersonRow } from '#members';
import type { MergeAnswer, MergeRow } from '#merges';
import { instant, stamps } from '../http/format.js';
import type { MergeDto, MergeSummaryDto } from './merge.dto.js';
import { presentOrganization } from '../members/organization.presenter.js';
import { presentPerson } from '../members/person.presenter.js';

export const presentMergeRow = (row: Omit<MergeRow, 'id'> & { id: string | null }): MergeSummaryDto => ({
  ...stamps({ ...row, id: row.id ?? '' }),
  id: row.id,
  type: row.type,
  keepId: row.keepId,
  title: row.title,
  mergeIds: row.mergeIds,
  mergedBy: row.mergedBy,
  revertedAt: instant(row.revertedAt),
  stayed: (row.stayed ?? []) as MergeSummaryDto['stayed'],
});

export const presentMerge = (answer: MergeAnswer): MergeDto => ({
  ...presentMergeRow(answer),
  dryRun: answer.id === null,
  moves: answer.moves,
  conflicts: answer.conflicts as unknown as MergeDto['conflicts'],
  result:
    answer.type === 'person'
      ? presentPerson(answer.result as PersonRow)
      : presentOrganization(answer.result as OrganizationRow),
});
