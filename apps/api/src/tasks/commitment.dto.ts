import { applyDecorators } from '@nestjs/common';
import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { IsDefined, ValidateBy } from 'class-validator';
import { RECORD_TYPES, type RecordType } from '#records';
import { COMMITMENT_STATUSES, type CommitmentStatus, type Evidence } from '#tasks';
import { CalendarDate, Nested, Nullable, OneOf, Optional, Reference, Text } from '../http/fields.js';
import { RecordReferenceDto } from '../records/record.dto.js';

/** One side of a promise: an organization, a person, or a person for an organization */
export class PartyDto {
  @Nullable()
  @Reference()
  organizationId?: string | null;

  @Nullable()
  @Reference()
  personId?: string | null;
}

/** What a party of a meeting promised another */
export class MeetingCommitmentDto {
  /**
   * What was promised
   * @example 'Share the data of the pilot project'
   */
  @Text(1000)
  action: string;

  /** Who promised */
  @IsDefined()
  @Nested(() => PartyDto)
  owedBy: PartyDto;

  /** To whom */
  @IsDefined()
  @Nested(() => PartyDto)
  owedTo: PartyDto;

  /** First day of the window in which it is due */
  @Nullable()
  @CalendarDate()
  dueFrom?: string | null;

  /** Last day of the window */
  @Nullable()
  @CalendarDate()
  dueTo?: string | null;

  /** Where the promise can be read */
  @Nullable()
  @Text(1000)
  source?: string | null;
}

export class CreateCommitmentDto extends MeetingCommitmentDto {
  /** What it is about; a commitment about a restricted record is as restricted */
  @Nullable()
  @Nested(() => RecordReferenceDto)
  about?: RecordReferenceDto | null;

  /** A commitment begins open; an end comes with its evidence */
  @Optional()
  @OneOf(['open'])
  status?: CommitmentStatus;
}

const EVIDENCE_LIMIT = 2000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isEvidence(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '' && value.length <= EVIDENCE_LIMIT;
  const { type, id, ...rest } = (value ?? {}) as Record<string, unknown>;
  return (
    RECORD_TYPES.includes(type as RecordType) &&
    typeof id === 'string' &&
    UUID.test(id) &&
    Object.keys(rest).length === 0
  );
}

/** Words, or a link to a record. */
const EvidenceField = () =>
  applyDecorators(
    ApiProperty({
      description: `What shows it: words (a link, the date of a letter; at most ${EVIDENCE_LIMIT} characters), or {type, id} of a record`,
      oneOf: [
        { type: 'string' },
        { type: 'object', properties: { type: { type: 'string' }, id: { type: 'string', format: 'uuid' } } },
      ],
      example: 'Letter of 2026-04-02',
    }),
    ValidateBy({
      name: 'evidence',
      validator: {
        validate: isEvidence,
        defaultMessage: () => `$property must be 1 to ${EVIDENCE_LIMIT} characters of text, or {type, id} of a record`,
      },
    }),
  );

export class FulfilmentDto {
  @EvidenceField()
  evidence: Evidence;
}

export class UpdateCommitmentDto extends PartialType(OmitType(CreateCommitmentDto, ['status']), {
  skipNullProperties: false,
}) {
  /** kept, broken or released needs evidence; open takes an end back */
  @Optional()
  @OneOf(COMMITMENT_STATUSES)
  status?: CommitmentStatus;

  @Optional()
  @EvidenceField()
  evidence?: Evidence;
}

export class NamedPartyDto {
  organizationId: string | null;
  organizationName: string | null;
  personId: string | null;
  personName: string | null;
}

export class CommitmentDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  action: string;
  owedBy: NamedPartyDto;
  owedTo: NamedPartyDto;
  dueFrom: string | null;
  dueTo: string | null;
  /** Open, and the window has passed */
  overdue: boolean;
  /** {type, id, title}, or {type, restricted: true} for what the caller may not see */
  about: object | null;
  source: string | null;
  status: string;
  /** Words, or {type, id, title} of a record */
  evidence: string | object | null;
  /** When it stopped being open */
  settledAt: string | null;
}
