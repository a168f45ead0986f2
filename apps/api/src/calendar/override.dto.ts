import { Text } from '../http/fields.js';

/** Books people although they are booked already; rooms are refused all the same */
export class OverrideDto {
  /** Why; kept with the booking and in the audit trail */
  @Text(500)
  reason: string;
}
