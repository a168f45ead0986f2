import type { FaultKind, FieldFault } from '#faults';

/** Body of every error answer (RFC 9457). */
export interface Problem {
  /** Stable address of the kind of problem; documentation, not a link that must resolve. */
  type: string;
  title: string;
  /** HTTP status code */
  status: number;
  detail: string;
  /** Stable word a client may branch on. */
  code: string;
  requestId: string;
  errors: FieldFault[];
  [extension: string]: unknown;
}

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** Which status answers which kind of fault, and its title. */
export const STATUS_OF: Record<FaultKind, [status: number, title: string]> = {
  moved: [308, 'Moved permanently'],
  malformed: [400, 'Bad request'],
  unauthenticated: [401, 'Not signed in'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'Not found'],
  conflict: [409, 'Conflict'],
  gone: [410, 'Gone'],
  stale: [412, 'Stale version'],
  too_large: [413, 'Too large'],
  unsupported: [415, 'Unsupported media type'],
  invalid: [422, 'Invalid'],
  too_many: [429, 'Too many requests'],
  unavailable: [503, 'Unavailable'],
};

const KIND_OF_STATUS = new Map(Object.entries(STATUS_OF).map(([kind, [status]]) => [status, kind as FaultKind]));

/** The kind of fault an HTTP status of the framework stands for; other 4xx count as malformed. */
export const kindOfStatus = (status: number): FaultKind => KIND_OF_STATUS.get(status) ?? 'malformed';
