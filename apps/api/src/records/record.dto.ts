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
  type: string;
  id: string;
  title: string;
}

export class SearchHitDto {
  type: string;
  id: string;
  title: string;
  subtitle: string | null;
  /** 1 for the very name; start of the name above 0.9, another name above 0.8, similar below */
  score: number;
}

export class SearchAnswerDto {
  data: SearchHitDto[];
}
