/** How patient delivery is; all times in milliseconds. */
export interface DeliveryOptions {
  /** From one sweep to the next. */
  sweepInterval: number;
  /** A claimed message that was not begun for so long is claimed anew. */
  queuedLease: number;
  /** A message in the hands of SMTP for so long without an answer is `unknown`. Its connection is cut well before. */
  sendingLease: number;
  /** Messages that may be claimed at once by all workers together. */
  batch: number;
  /** First wait after a refusal that may pass; doubled each time. */
  retryBase: number;
}

export const DELIVERY_OPTIONS = Symbol('DeliveryOptions');

export const DEFAULT_DELIVERY: DeliveryOptions = {
  sweepInterval: 1_000,
  queuedLease: 300_000,
  sendingLease: 120_000,
  batch: 500,
  retryBase: 5_000,
};
