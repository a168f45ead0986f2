export { Conflict, Fault, type FaultKind, type FieldFault, Forbidden, Invalid, NotFound, Stale } from './fault.js';
export { FaultList } from './fault-list.js';
