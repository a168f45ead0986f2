import { type FieldFault, Invalid } from './fault.js';

/** Gathers the faults of several checks, so that a client sees all of them at once. */
export class FaultList {
  readonly errors: FieldFault[] = [];

  add(...faults: FieldFault[]): void {
    this.errors.push(...faults);
  }

  /** Runs a check and keeps what it finds invalid, below the pointer `at`; every other error goes on. Undefined when it was invalid. */
  async gather<T>(check: () => T | Promise<T>, at = ''): Promise<T | undefined> {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      this.add(...error.errors.map((fault) => ({ ...fault, pointer: `${at}${fault.pointer}` })));
      return undefined;
    }
  }

  /** Throws Invalid with everything gathered, if there is anything. */
  throwAny(): void {
    if (this.errors.length > 0) throw new Invalid(this.errors);
  }
}
