export class CalendarReplyEffectDto {
  /** Whether it is the invitee's answer now */
  applied: boolean;
  /**
   * Why not: unknown_event, not_invited, ambiguous_address, invitation_cancelled, called_off, already_over, answered_since
   * (an answer given later is known), or the code of what else stands in its way; null where it was applied
   */
  reason: string | null;
  /** The same in words */
  detail: string | null;
  /** Null where it is not known whose answer it is */
  invitationId: string | null;
  /** What the reply said: accepted, tentative, declined or delegated */
  status: string;
}
