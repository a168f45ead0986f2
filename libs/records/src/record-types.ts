/** Types a client may name in `about`, as in the API contract. */
export const RECORD_TYPES = [
  'organization',
  'person',
  'membership',
  'conference',
  'session',
  'side_meeting',
  'trade_mission',
  'deal',
  'agreement',
  'commitment',
  'task',
] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** A link to any record. */
export interface RecordReference {
  type: RecordType;
  id: string;
}
