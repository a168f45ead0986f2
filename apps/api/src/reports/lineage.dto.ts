import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TOUCHPOINT_EFFECTS } from '#deals';
import { LINEAGE_BASES, LINEAGE_DATES, LINEAGE_RELATIONS } from '#reports';
import { DealDto } from '../deals/deal.dto.js';

const PRECISIONS = ['day', 'month', 'year', 'window', 'unknown'];
const TYPES = [
  ...['deal', 'conference', 'session', 'side_meeting', 'trade_mission', 'commitment', 'agreement', 'instrument'],
  ...['stage_change', 'task', 'organization', 'person', 'membership'],
];

/** Something in the history of a deal, each once. What is unknown, or does not exist for its type, is absent */
export class LineageNodeDto {
  /**
   * What edges call it: its id, or `restricted-1`… for what the caller may not know of
   * @example '019cd6a1-3b00-7000-8000-00000000000a'
   */
  key: string;

  /** Absent for what is restricted */
  id?: string;

  /** All but instrument and stage_change are records */
  @ApiProperty({ enum: TYPES, example: 'agreement' })
  type: string;

  /**
   * Of an instrument the name of its provider, of a stage change its stages; absent for what is restricted
   * @example 'Memorandum of understanding on artificial intelligence'
   */
  title?: string;

  /**
   * Of a session, meeting, agreement, instrument or deal; of a mission its direction
   * @example 'mou'
   */
  kind?: string;

  /**
   * Of a deal its stage
   * @example 'signed'
   */
  status?: string;

  /**
   * An instant, or the date that is known, of a window its first day, of a month or year its first moment. When a promise was made is
   * not kept, so a commitment has none
   * @example '2026-03-09'
   */
  at?: string;

  /**
   * Of what takes longer: its end as an instant, or its last day, included
   * @example '2026-03-13'
   */
  until?: string;

  /** Absent where `at` is exact, and for what has no date at all */
  @ApiPropertyOptional({ enum: PRECISIONS, example: 'window' })
  datePrecision?: string;

  /** IANA zone of the place; a date is one of its clocks */
  timeZone?: string;

  /**
   * Which date `at` is: the start of an event, when an agreement was signed or (as long as it is not signed) initialed, since when an
   * instrument has its status, when a stage changed, when a task was completed
   */
  @ApiPropertyOptional({ enum: LINEAGE_DATES, example: 'signed' })
  dateOf?: string;

  /**
   * Further facts. deal: value. agreement: value, expiresOn, provenance, initialed {at, datePrecision} of a signed one. instrument:
   * providerId, value, note. stage_change: from, to, note, by. commitment: owedBy, owedTo, dueFrom, dueTo, dueText, source, evidence in
   * words, settledAt and writtenDownAt (when staff did so). task: note
   */
  @ApiPropertyOptional({
    type: Object,
    example: { provenance: [{ statement: 'Signed during the visit', source: 'Press release' }] },
  })
  detail?: object;

  /** The caller may not know of it: there is only key and type, and one such node for each fact, also where two are the same record */
  @ApiPropertyOptional({ enum: [true] })
  restricted?: true;
}

/** One stored fact; it reads as a sentence: `from` relation `to`, such as agreement within trade_mission */
export class LineageEdgeDto {
  /**
   * Key of a node
   * @example '019cd6a1-3b00-7000-8000-00000000000a'
   */
  from: string;

  /**
   * Key of a node
   * @example '019cd6a1-3b00-7000-8000-00000000000b'
   */
  to: string;

  /**
   * touched: had the `effect` on the deal. part_of: a session its conference. about: as said of a meeting, commitment or task.
   * evidence_of: shows a stage change, an instrument, or how a commitment ended. of_deal: agreement, instrument or stage change of this
   * deal. next_stage: the change that came after. paid_for: the mission that an instrument paid for. follow_up_of: a task for a
   * commitment. Agreements: signed_at and initialed_at say where, within only in the framework of what, discussed_in where it was
   * talked about, follows what it carries on, related claims nothing
   */
  @ApiProperty({ enum: LINEAGE_RELATIONS, example: 'within' })
  relation: string;

  /** The field, or touchpoint, by which we know */
  @ApiProperty({ enum: LINEAGE_BASES, example: 'agreement.about' })
  basis: string;

  /** Of a touchpoint that was written down */
  touchpointId?: string;

  /** Of a touchpoint: mentioned claims the least */
  @ApiPropertyOptional({ enum: TOUCHPOINT_EFFECTS })
  effect?: string;

  /** Of a touchpoint: an instant, or the date that is known; absent where nobody knows, or the caller may not */
  at?: string;

  /** Of a touchpoint without an exact time */
  @ApiPropertyOptional({ enum: PRECISIONS })
  datePrecision?: string;

  /** Of a touchpoint that was when its record took place */
  timeZone?: string;

  /** Of a touchpoint: what shows it */
  note?: string;

  /** A side meeting with the dealId of this deal, of which nobody has said more */
  @ApiPropertyOptional({ enum: [true] })
  implicit?: true;
}

export class LineageDto {
  /** With its parties and its owner, as `GET /v1/deals/{id}` answers it */
  deal: DealDto;

  /** The deal, then the others from the earliest to the latest, then those of unknown time, at last what is restricted */
  nodes: LineageNodeDto[];

  /** In the order of the nodes they come from */
  edges: LineageEdgeDto[];
}
