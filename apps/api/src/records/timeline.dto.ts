import { type AboutDto } from './record.dto.js';

/** Something that touched a record */
export class TimelineEntryDto {
  /** When it happened, or is to happen */
  at: string;
  /** What: created, side_meeting, position_started, membership_renewed, message_sent… */
  kind: string;
  /** What to show: a title held, the subject of a mail, a name */
  title: string;
  /** The record it leads to; null where there is none, or none the caller may see */
  about: AboutDto | null;
  /** Further facts, by kind */
  detail: object | null;
  /** Who did it, where that was written down */
  actor: string | null;
}
