import { Fault } from '#faults';

/** So many documents wait for the printer that this one would come too late. */
export class PrinterBusy extends Fault {
  constructor() {
    const detail = 'Too many documents are being made at the moment. Try again in a minute.';
    super('unavailable', 'printer_busy', detail, [], { retryAfter: 60 });
  }
}

/** The document took longer, or more memory, than one may. */
export class DocumentTooLong extends Fault {
  constructor(why: string) {
    super('unavailable', 'document_too_long', `The document could not be made: ${why}`);
  }
}

/** Whoever asked for the document has hung up before it was made. */
export class NobodyWaits extends Fault {
  constructor() {
    super('gone', 'nobody_waits', 'Nobody waits for this document any more.');
  }
}
