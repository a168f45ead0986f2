import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import { type Actor, SYSTEM } from './actor.js';

/** What follows one request or job through every call it makes. */
export interface Scope {
  actor: Actor;
  /** Ties a log line, an audit entry and an answer together. */
  requestId?: string;
  /** The open transaction, if any, and what is to happen once it is committed. */
  transaction?: Transaction;
}

interface Transaction {
  manager: EntityManager;
  afterCommit: (() => Promise<void>)[];
  /** When it began, once somebody has asked. */
  began?: Date;
}

const storage = new AsyncLocalStorage<Scope>();

/** Runs `work` with its own scope; nested calls see the innermost one. */
export const inScope = <T>(scope: Scope, work: () => T): T => storage.run(scope, work);

/** The current scope; outside of any, the system acts. */
export const currentScope = (): Scope => storage.getStore() ?? { actor: SYSTEM };

/** Who acts now. */
export const currentActor = (): Actor => currentScope().actor;
