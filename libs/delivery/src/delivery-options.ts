/** How patient delivery is; all times in milliseconds. */
export interface DeliveryOptions {
  /** From one sweep to the next, while nobody asks for one sooner. */
  sweepInterval: number;
  /** A claimed message that was not begun for so long is claimed anew. */
  queuedLease: number;
  /** A message in the hands of SMTP for so long without an answer is `unknown`. Its connection is cut well before. */
  sendingLease: number;
  /** Messages that may wait in the queue at once, of all workers together: few, so that urgent ones do not stand behind many. */
  batch: number;
  /** First wait after a refusal that may pass; doubled each time. The rests of domains and of the mail server are measured by it too. */
  retryBase: number;
}

export const DELIVERY_OPTIONS = Symbol('DeliveryOptions');

export const DEFAULT_DELIVERY: DeliveryOptions = {
  sweepInterval: 1_000,
  queuedLease: 60_000,
  sendingLease: 120_000,
  batch: 100,
  retryBase: 15_000,
};
