/** `npm run test:faults`: every case on its own and a long soak. Otherwise the same laws in the least time that shows them. */
export const FULL = process.env.FAULTS === 'full';

/** Patience with a machine that is busy; what is waited for comes much sooner. */
export const PATIENCE = 120;
