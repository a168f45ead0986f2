import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, IsBoolean } from 'class-validator';
import { Line, Nullable, Optional, Reference, References, TextMap } from '../http/fields.js';
import { OrganizationDto } from '../members/organization.dto.js';
import { PersonDto } from '../members/person.dto.js';

export class MergeRequestDto {
  /** The record that stays, and whose id stays */
  @Reference()
  keepId: string;

  /** 1–20 records that become part of it; the earlier ones fill first what it lacks */
  @References(20)
  @ArrayMinSize(1)
  mergeIds: string[];

  /** Answers what would happen, and changes nothing */
  @Optional()
  @IsBoolean()
  dryRun?: boolean;

  /**
   * Field name → id of the record whose value is taken; the kept record's own unless given. Lists are united.
   * @example { "phone": "01a1ffd7-bd71-74a1-8960-0f00f54dfc81" }
   */
  @Optional()
  @TextMap()
  fields?: Record<string, string>;
}

export class MergeSampleDto {
  /** Null where rows of the relation have no id of their own */
  id: string | null;
  /** Title or name of the row */
  label: string | null;
  /** {type, id, title} of the record it belongs to */
  about: object | null;
}

export class MergeMoveDto {
  /** Table whose rows follow: positions, side_meeting_participants, messages, memberships… */
  relation: string;
  /** Column that points at the kept record instead */
  field: string;
  /** Rows that follow, those you may not know of included */
  count: number;
  /** At most three, of what you may know of */
  samples: MergeSampleDto[];
}

export class MergeConflictDto {
  /** set_aside, not_preferred, made_soft, cancelled or value_not_taken */
  code: string;
  /** Table of the row */
  relation: string;
  /** The same in words */
  message: string;
  /** The row; for value_not_taken the record that had the value */
  id: string | null;
  /** With value_not_taken: {field, kept, value} tell which */
  field?: string;
  /** Value of the kept record */
  kept?: unknown;
  /** Value that was not taken */
  value?: unknown;
}

export class MergeStayedDto {
  /** Table of the row */
  relation: string;
  /** The row */
  id: string | null;
  /** Field that stayed; null for the whole row */
  field: string | null;
  /** changed_since, gone_since or not_restorable */
  code: string;
}

export class MergeSummaryDto {
  /** Null after a dry run */
  id: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** person or organization */
  type: string;
  /** The record that stayed */
  keepId: string;
  /** Name of the kept record now */
  title: string;
  /** The records that became part of it */
  mergeIds: string[];
  /** User who merged */
  mergedBy: string | null;
  /** Instant since which the merge is taken back */
  revertedAt: string | null;
  /** What the revert left as it was, since somebody had changed it */
  stayed: MergeStayedDto[];
}

export class MergeDto extends MergeSummaryDto {
  /** Nothing was changed */
  dryRun: boolean;
  /** Every relation that follows, with how many rows */
  moves: MergeMoveDto[];
  /** What could not simply follow, and what became of it */
  conflicts: MergeConflictDto[];
  /** The kept record with everything merged into it: a person or an organization */
  @ApiProperty({ type: Object })
  result: PersonDto | OrganizationDto;
}

export class DismissalDto {
  /** Why the two are not the same, for whoever wonders */
  @Nullable()
  @Line(500)
  reason?: string | null;
}

export class DuplicateReasonDto {
  /** same_email, same_name, same_phone, same_domain, same_native_name, similar_name, same_organization, other_country… */
  code: string;
  /** The same in words */
  message: string;
}

export class DuplicateDto {
  id: string;
  /** person or organization */
  type: string;
  /** Name */
  title: string;
  /** E-mail of a person, website of an organization */
  subtitle: string | null;
  /** ISO 3166-1 alpha-2 */
  country: string | null;
  /** How likely it is the same, 0–1 */
  score: number;
  /** What speaks for it and against it */
  reasons: DuplicateReasonDto[];
}

export class DuplicatesAnswerDto {
  /** Best first */
  data: DuplicateDto[];
}

class PairMemberDto {
  id: string;
  /** Name */
  title: string;
  /** E-mail of a person, website of an organization */
  subtitle: string | null;
  /** ISO 3166-1 alpha-2 */
  country: string | null;
}

export class DuplicatePairDto {
  /** person or organization */
  type: string;
  /** How likely the two are one, 0–1 */
  score: number;
  /** What speaks for it and against it */
  reasons: DuplicateReasonDto[];
  /** The two, the one that was entered first before the other */
  records: PairMemberDto[];
}

export class DuplicatePairsDto {
  /** Best first */
  data: DuplicatePairDto[];
}
