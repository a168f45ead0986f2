import { PartialType } from '@nestjs/swagger';
import {
  DAY_PRECISIONS,
  type DayPrecision,
  INSTRUMENT_KINDS,
  INSTRUMENT_STATUSES,
  type InstrumentKind,
  type InstrumentStatus,
} from '#deals';
import { CalendarDate, Nested, Nullable, OneOf, Optional, Reference, Text } from '../http/fields.js';
import { LargeMoneyDto } from '../http/money.dto.js';
import { RecordReferenceDto } from '../records/record.dto.js';

export class CreateInstrumentDto {
  /** What is given; feed: front-end engineering design */
  @OneOf(INSTRUMENT_KINDS)
  kind: InstrumentKind;

  /** Organization that gives it: a development agency, an export credit agency, a bank… */
  @Reference()
  providerId: string;

  /**
   * proposed: somebody thinks of it; applied: the provider has the papers; approved: its board has said yes; granted: the agreement
   * is signed; disbursing: money flows; completed: used and reported; refused, cancelled: it came to nothing
   */
  @OneOf(INSTRUMENT_STATUSES)
  status: InstrumentStatus;

  /** What is given or guaranteed */
  @Nullable()
  @Nested(() => LargeMoneyDto)
  amount?: LargeMoneyDto | null;

  /** Since when it has its status; not in the future. A new status without it is of a day that nobody has said */
  @Nullable()
  @CalendarDate()
  statusOn?: string | null;

  /** How far statusOn may be trusted; day unless given */
  @Optional()
  @OneOf(DAY_PRECISIONS)
  datePrecision?: DayPrecision;

  /** Trade mission that it pays for; of a reverse_trade_mission only */
  @Nullable()
  @Reference()
  missionId?: string | null;

  /** The record that shows it, not the deal itself. 404 where the caller may not see it, 403 in place of one they may not see */
  @Nullable()
  @Nested(() => RecordReferenceDto)
  evidence?: RecordReferenceDto | null;

  @Nullable()
  @Text(5_000)
  note?: string | null;
}

export class UpdateInstrumentDto extends PartialType(CreateInstrumentDto, { skipNullProperties: false }) {}

export class InstrumentDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  dealId: string;
  kind: string;
  providerId: string;
  /** Name of the provider */
  provider: string;
  status: string;
  /** {amount, currency} */
  amount: object | null;
  /** YYYY-MM-DD; the first day of a month or year */
  statusOn: string | null;
  /** day, month or year; null without statusOn */
  datePrecision: string | null;
  missionId: string | null;
  /** Name of the mission */
  mission: string | null;
  /** {type, id, title}, or {type, restricted: true} for what the caller may not see */
  evidence: object | null;
  note: string | null;
}
