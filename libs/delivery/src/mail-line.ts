/** SQL about the line in which messages wait, as the indexes messages_line and messages_domain_line have it. */

/** Where a message goes: rests, rates and caps are per domain. */
export const DOMAIN = `split_part(m.email, '@', 2)`;

/** Stands for the mail server that all mails go through, among the domains. */
export const RELAY = '*';

/** 1 for what many get at once and nobody waits for to the minute; everything else, 0, goes first. */
export const BULK = `(CASE WHEN m.kind IN ('invitation', 'nudge') THEN 1 ELSE 0 END)`;

export type Bulk = 0 | 1;

export const DUE = `m.status = 'planned' AND m.due_at <= now()`;

/** Still good for something. */
export const USEFUL = `(m.not_after IS NULL OR m.not_after >= now())`;
