import { applyDecorators } from '@nestjs/common';
import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDefined, ValidateBy } from 'class-validator';
import { RECORD_TYPES, type RecordType } from '#records';
import { COMMITMENT_STATUSES, type CommitmentStatus, type Evidence, MOST_REMINDERS } from '#tasks';
import {
  CalendarDate,
  Lines,
  Nested,
  NoControlCharacters,
  Nullable,
  OneOf,
  Optional,
  Reference,
  Text,
} from '../http/fields.js';
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

  /**
   * The words in which it was promised; nothing is computed from them
   * @example 'later this year'
   */
  @Nullable()
  @Text(200)
  dueText?: string | null;

  /** User who watches it, and is reminded before the window closes; the caller unless given */
  @Nullable()
  @Reference()
  ownerId?: string | null;

  /**
   * When its owner is reminded: ISO 8601 durations before 09:00 of the last day in the owner's zone, P0D to P90D, at most
   * five, or none. Without them P7D and P1D
   * @example ['P7D', 'P1D']
   */
  @Nullable()
  @Lines(20, MOST_REMINDERS)
  remindBefore?: string[] | null;

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
  if (typeof value === 'string') return value !== '' && value.length <= EVIDENCE_LIMIT;
  const { type, id, ...rest } = (value ?? {}) as Record<string, unknown>;
  return (
    RECORD_TYPES.includes(type as RecordType) &&
    typeof id === 'string' &&
    UUID.test(id) &&
    Object.keys(rest).length === 0
  );
}

/** Words without the blanks around them; an id in either case. */
function tidy(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  const { id } = (value ?? {}) as { id?: unknown };
  return typeof id === 'string' ? { ...(value as object), id: id.toLowerCase() } : value;
}

/** Words, or a link to a record. */
const EvidenceField = () =>
  applyDecorators(
    ApiProperty({
      description: `What shows it: words (a link, the date of a letter; at most ${EVIDENCE_LIMIT} characters), or {type, id} of another record; 404 where the caller may not see it`,
      oneOf: [
        { type: 'string' },
        { type: 'object', properties: { type: { type: 'string' }, id: { type: 'string', format: 'uuid' } } },
      ],
      example: 'Letter of 2026-04-02',
    }),
    Transform(({ value }: { value: unknown }) => tidy(value)),
    NoControlCharacters(),
    ValidateBy({
      name: 'evidence',
      validator: {
        validate: isEvidence,
        defaultMessage: () => `$property must be 1 to ${EVIDENCE_LIMIT} characters of text, or {type, id} of a record`,
      },
    }),
  );

/** What shows that a commitment was kept, broken or released */
export class FulfilmentDto {
  @EvidenceField()
  evidence: Evidence;
}

export class CommitmentReopeningDto {
  /**
   * Why it is open after all
   * @example 'The letter was about another project'
   */
  @Text(1000)
  note: string;
}

export class UpdateCommitmentDto extends PartialType(OmitType(CreateCommitmentDto, ['status']), {
  skipNullProperties: false,
}) {
  /** kept, broken or released needs evidence; open takes an end back, though /reopening also says why */
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
  /** The words in which it was promised */
  dueText: string | null;
  ownerId: string | null;
  /** {id, name} of the user who watches it */
  owner: object | null;
  /** null where its owner is reminded at the usual times */
  remindBefore: string[] | null;
  /** Open, and the window has passed */
  overdue: boolean;
  /** {type, id, title}, or {type, restricted: true} for what the caller may not see */
  about: object | null;
  source: string | null;
  status: string;
  /** Words, {type, id, title} of a record, or {type, restricted: true} of one that the caller may not see */
  evidence: string | object | null;
  /** When it stopped being open */
  settledAt: string | null;
  /** Why it was last opened again */
  reopeningNote: string | null;
}

/** An organization, or a person who speaks for none */
export class PromisingPartyDto {
  type: 'organization' | 'person';
  id: string;
  title: string | null;
}

/** What is open on either side, the earliest due first, at most 200 each */
export class OpenCommitmentsDto {
  owedByThem: CommitmentDto[];
  owedToThem: CommitmentDto[];
  /** How many there are in all */
  owedByThemCount: number;
  owedToThemCount: number;
}

/** What is open on either side of one party */
export class PartyCommitmentsDto {
  party: PromisingPartyDto;
  owedByThem: CommitmentDto[];
  owedToThem: CommitmentDto[];
}

/** What is open of what was promised about an event, by party; of more than 200 promises the earliest due */
export class EventCommitmentsDto {
  /** How many promises are open in all */
  count: number;
  parties: PartyCommitmentsDto[];
}
