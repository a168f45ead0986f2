import { Conflict, Fault, type FieldFault, Invalid } from '#faults';
import type { ImportStatus } from './import-status.js';

/** Where in the file something is wrong; both count from 1, `column` in characters or cells as the message says. */
export interface FilePlace {
  line: number;
  column?: number;
}

/** The file cannot be read as a table; says where. */
export class UnreadableFile extends Fault {
  constructor(code: string, message: string, place: FilePlace) {
    super('invalid', code, message, [{ pointer: '/file', code, message, ...place }]);
  }
}

export class FileTooLarge extends Fault {
  constructor(limit: number) {
    super('too_large', 'file_too_large', `The file has more than ${limit} bytes; split it.`, [
      { pointer: '/file', code: 'file_too_large', message: `At most ${limit} bytes.` },
    ]);
  }
}

/** Too many files are being read at this moment. */
export class UploadsBusy extends Fault {
  constructor() {
    super('too_many', 'uploads_busy', 'Several files are being read right now; try again in a moment.', [], {
      retryAfter: 5,
    });
  }
}

/** The headers, or what the client says about them, do not fit. */
export class HeaderMismatch extends Invalid {
  constructor(errors: FieldFault[]) {
    super(errors, errors.map((error) => error.message).join(' '));
  }
}

export class ImportStateConflict extends Conflict {
  constructor(status: ImportStatus, wanted: string) {
    super('import_state', `The import is ${status}; it cannot be ${wanted} now.`, { status });
  }
}

export class NothingWritten extends Conflict {
  constructor() {
    super('import_state', 'The import ended before it wrote anything; there is nothing to revert.');
  }
}
