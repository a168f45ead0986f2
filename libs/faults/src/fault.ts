/** What went wrong, in terms a caller can act on; the API maps each kind to one HTTP status. */
export type FaultKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'moved'
  | 'gone'
  | 'conflict'
  | 'stale'
  | 'too_large'
  | 'unsupported'
  | 'invalid'
  | 'too_many'
  | 'unavailable';

/** One fault of one field; `pointer` is a JSON Pointer (RFC 6901) into the request body. */
export interface FieldFault {
  pointer: string;
  code: string;
  message: string;
  /** Further facts, e.g. the candidates of an ambiguous name. */
  [extra: string]: unknown;
}

/** Base of everything the domain refuses. Subclass once per fact, with a stable `code` that clients may branch on. */
export class Fault extends Error {
  constructor(
    readonly kind: FaultKind,
    readonly code: string,
    detail: string,
    readonly errors: FieldFault[] = [],
    /** Further members of the problem document, e.g. `conflicts`. */
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(detail);
    this.name = new.target.name;
  }
}

/** Nothing there, or nothing the caller may know of. */
export class NotFound extends Fault {
  constructor(noun: string, id?: string) {
    super('not_found', 'not_found', id ? `There is no ${noun} with id ${id}.` : `There is no such ${noun}.`);
  }
}

/** The caller is known but may not do this. */
export class Forbidden extends Fault {
  constructor(detail = 'Your role does not allow this.') {
    super('forbidden', 'forbidden', detail);
  }
}

/** The caller's copy is older than the stored one (RFC 9110 §13.1.1). */
export class Stale extends Fault {
  constructor(expected: number, actual: number) {
    super(
      'stale',
      'stale',
      `You hold version ${expected}, the current one is ${actual}. Read it again, then repeat your change.`,
    );
  }
}

/** The input is well-formed but breaks rules; lists every broken rule. */
export class Invalid extends Fault {
  constructor(errors: FieldFault[], detail = 'The request breaks the rules listed in errors.') {
    super('invalid', 'validation_failed', detail, errors);
  }

  /** The common case of a single field. */
  static field(pointer: string, code: string, message: string, extra: Record<string, unknown> = {}): Invalid {
    return new Invalid([{ pointer, code, message, ...extra }]);
  }
}

/** The request is right in itself but the state of things does not allow it. */
export class Conflict extends Fault {
  constructor(code: string, detail: string, extensions: Record<string, unknown> = {}) {
    super('conflict', code, detail, [], extensions);
  }
}
