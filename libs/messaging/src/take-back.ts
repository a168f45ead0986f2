/** What a take-back may still stop: everything before it is known to have gone out. */
export const STOPPABLE = `status IN ('planned', 'queued', 'sending')`;

/**
 * SQL assignments that take a message back for the reason in `reason`. One that is being handed over right now cannot be
 * called back; it keeps the reason as a mark, and ends as cancelled instead of being tried again.
 */
export const takenBack = (reason: string): string => `
  status = CASE WHEN status = 'sending' THEN status ELSE 'cancelled' END,
  lease_until = CASE WHEN status = 'sending' THEN lease_until END,
  reason = ${reason}, version = version + 1, updated_at = now()`;
