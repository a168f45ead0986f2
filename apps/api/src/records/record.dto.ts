import { RECORD_TYPES, type RecordType } from '#records';
import { OneOf, Reference } from '../http/fields.js';

/** A link to any record */
export class RecordReferenceDto {
  /** What it is */
  @OneOf(RECORD_TYPES)
  type: RecordType;

  /** Its id */
  @Reference()
  id: string;
}

/** A link to any record, with its title */
export class AboutDto {
  /** Type of the record */
  type: string;
  id: string;
  /** Its name or title */
  title: string;
}

export class SearchHitDto {
  /** Type of the record */
  type: string;
  id: string;
  /** Its name or title */
  title: string;
  /** What tells it from its namesakes: an address, a date… */
  subtitle: string | null;
  /** 1 for the very name; start of the name above 0.9, another name above 0.8, similar below */
  score: number;
}

export class SearchAnswerDto {
  /** Best first */
  data: SearchHitDto[];
}
