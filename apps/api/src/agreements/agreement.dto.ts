import { applyDecorators } from '@nestjs/common';
import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { DATE_PRECISIONS, type DatePrecision } from '#conferences';
import {
  AGREEMENT_KINDS,
  AGREEMENT_RELATIONS,
  AGREEMENT_STATUSES,
  type AgreementKind,
  type AgreementRelation,
  type AgreementStatus,
  isPartialDate,
} from '#agreements';
import {
  CalendarDate,
  Items,
  LikelyYear,
  Line,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Reference,
  Text,
} from '../http/fields.js';
import { LargeMoneyDto } from '../http/money.dto.js';
import { RecordReferenceDto } from '../records/record.dto.js';

const MOST = 100;

/** A day, month or year that exists (ISO 8601). */
const PartialDate = () =>
  applyDecorators(
    ValidateBy({
      name: 'partialDate',
      validator: {
        validate: (value) => typeof value === 'string' && isPartialDate(value),
        defaultMessage: () => '$property must be a date YYYY-MM-DD, or YYYY-MM or YYYY where no more is known',
      },
    }),
    LikelyYear(),
    ApiProperty({ type: 'string' }),
  );

/** Who agreed: an organization, a person, or a name as printed of somebody whom the directory does not have */
export class AgreementPartyInputDto {
  @Nullable()
  @Reference()
  organizationId?: string | null;

  @Nullable()
  @Reference()
  personId?: string | null;

  /**
   * As printed; needed where there is neither organizationId nor personId, such as for a state
   * @example 'Republic of Azerbaijan'
   */
  @Nullable()
  @Line(300)
  name?: string | null;

  /** Such as lender */
  @Nullable()
  @Line(120)
  role?: string | null;
}

export class UpdateAgreementPartyDto extends OmitType(AgreementPartyInputDto, ['organizationId', 'personId']) {}

/** Who signed, or is to sign */
export class SignatoryInputDto {
  @Reference()
  personId: string;

  /** For whom */
  @Nullable()
  @Reference()
  organizationId?: string | null;

  /** As printed below the signature */
  @Nullable()
  @Line(300)
  title?: string | null;

  /** Day of this signature; only of an agreement that is signed */
  @Nullable()
  @CalendarDate()
  @LikelyYear()
  signedOn?: string | null;
}

export class UpdateSignatoryDto extends PartialType(OmitType(SignatoryInputDto, ['personId']), {
  skipNullProperties: false,
}) {}

/** A record the agreement is linked to, and what the link claims */
export class AgreementAboutInputDto extends RecordReferenceDto {
  /**
   * signed_at, initialed_at: there; within: in the framework of it, not necessarily at any part of it; discussed_in: it was
   * talked about there; follows: it carries on what was agreed there; related: nothing is claimed. related unless given. The
   * first four need a conference, session, side meeting or trade mission
   */
  @Optional()
  @OneOf(AGREEMENT_RELATIONS)
  relation?: AgreementRelation;
}

/** What one source says, in its words */
export class ProvenanceDto {
  /** @example 'Concluded during the visit in February' */
  @Text(2000)
  statement: string;

  /** @example 'S002' */
  @Line(500)
  source: string;
}

export class CreateAgreementDto {
  /** @example 'Memorandum of understanding on a digital platform' */
  @Line(300)
  title: string;

  @OneOf(AGREEMENT_KINDS)
  kind: AgreementKind;

  /** initialed is not signed. What is signed or in force and has passed its expiresOn is answered as expired */
  @OneOf(AGREEMENT_STATUSES)
  status: AgreementStatus;

  /** What it is about, in words */
  @Nullable()
  @Text(2000)
  subject?: string | null;

  @Nullable()
  @Nested(() => LargeMoneyDto)
  value?: LargeMoneyDto | null;

  /** When it was initialed: a day, or the month or year it is known to; never of a draft, never in the future */
  @Nullable()
  @PartialDate()
  initialedOn?: string | null;

  /** How much of initialedOn is known; as it is written unless given */
  @Nullable()
  @OneOf(DATE_PRECISIONS.filter((precision) => precision !== 'window'))
  initialedPrecision?: DatePrecision | null;

  /**
   * When it was signed: a day, or the month or year it is known to; only of what is signed, never in the future
   * @example '2026-03'
   */
  @Nullable()
  @PartialDate()
  signedOn?: string | null;

  /** How much of the date of signing is known; as it is written unless given, unknown where there is none */
  @Nullable()
  @OneOf(DATE_PRECISIONS)
  datePrecision?: DatePrecision | null;

  /** First day of a window in which it was signed */
  @Nullable()
  @CalendarDate()
  @LikelyYear()
  signedFrom?: string | null;

  /** Last day of the window, at most ten years later */
  @Nullable()
  @CalendarDate()
  @LikelyYear()
  signedTo?: string | null;

  /** Last day on which it holds; its owner gets a task 30 days before */
  @Nullable()
  @CalendarDate()
  @LikelyYear()
  expiresOn?: string | null;

  /** In the order in which they are printed; at least one of what is signed, each once */
  @Optional()
  @Items(() => AgreementPartyInputDto, MOST)
  parties?: AgreementPartyInputDto[];

  /** In the order in which they are printed; each once */
  @Optional()
  @Items(() => SignatoryInputDto, MOST)
  signatories?: SignatoryInputDto[];

  /** Deal it belongs to */
  @Nullable()
  @Reference()
  dealId?: string | null;

  /** The only record it is linked to; for several send abouts */
  @Nullable()
  @Nested(() => AgreementAboutInputDto)
  about?: AgreementAboutInputDto | null;

  /** Records it is linked to, the most telling first. A change replaces those that the caller may see */
  @Optional()
  @Items(() => AgreementAboutInputDto, 20)
  abouts?: AgreementAboutInputDto[];

  /** What each source says of it; where they disagree, all is kept */
  @Optional()
  @Items(() => ProvenanceDto, 50)
  provenance?: ProvenanceDto[];

  /** User who sees to it, and is told before it expires; whoever adds it unless given */
  @Nullable()
  @Reference()
  ownerId?: string | null;

  @Nullable()
  @Text(10_000)
  notes?: string | null;
}

export class UpdateAgreementDto extends PartialType(CreateAgreementDto, { skipNullProperties: false }) {
  /** Why the status changes; needed where it goes back, because what was written down was wrong. The audit trail keeps it */
  @Optional()
  @Text(1000)
  reason?: string;
}

export class AgreementPartyDto {
  id: string;
  organizationId: string | null;
  /** Name of the organization in the directory */
  organization: string | null;
  personId: string | null;
  /** Full name of the person in the directory */
  person: string | null;
  /** As printed */
  name: string | null;
  role: string | null;
}

export class SignatoryDto {
  id: string;
  personId: string;
  fullName: string;
  organizationId: string | null;
  /** Name of the organization */
  organization: string | null;
  /** As printed */
  title: string | null;
  /** YYYY-MM-DD */
  signedOn: string | null;
}

export class AgreementDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  title: string;
  kind: string;
  /** expired by itself once expiresOn has passed */
  status: string;
  subject: string | null;
  /** {amount, currency} */
  value: object | null;
  /** The day, or the first day of the month or year: see initialedPrecision */
  initialedOn: string | null;
  initialedPrecision: string;
  /** In no more figures than are known: 2026-03-11, 2026-03 or 2026 */
  initialed: string | null;
  /** The day, or the first day of the month or year: see datePrecision. null in a window, and where nothing is known */
  signedOn: string | null;
  datePrecision: string;
  /** First day on which it may have been signed */
  signedFrom: string | null;
  /** Last day on which it may have been signed */
  signedTo: string | null;
  /** In no more figures than are known: 2026-03-11, 2026-03, 2026 or 2026-03-08/2026-03-11 */
  signed: string | null;
  /** YYYY-MM-DD */
  expiresOn: string | null;
  parties: AgreementPartyDto[];
  signatories: SignatoryDto[];
  /** null also for a deal the caller may not see */
  dealId: string | null;
  /** {type, id, title} */
  deal: object | null;
  /** The first of abouts */
  about: object | null;
  /** {type, id, title, relation}, or {type, restricted: true, relation} for what the caller may not see */
  abouts: object[];
  provenance: ProvenanceDto[];
  ownerId: string | null;
  notes: string | null;
}
