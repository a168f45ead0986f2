/**
 * Proves after a run with faults that the ledger told the truth. Plain SQL and the mail server's own log; nothing of the
 * product is asked, so nothing of it can be wrong in the same way twice.
 */

/** What the test knows of a run, without asking the product. */
export interface FaultRun {
  /** Dedupe keys of all that was planned for certain. */
  planned: string[];
  /** Plans whose answer was lost: each is in the ledger as a whole, or not at all. */
  uncertain?: string[][];
  /** What mail servers accepted, in any order. */
  accepted: AcceptedMail[];
  /** Workers, servers and databases that were killed. */
  kills: number;
  /** Messages one worker has in its hands at once. */
  concurrency: number;
  /** Connections that a mail server dropped after the final dot without an answer. */
  unanswered?: number;
  /** Ids that staff sent again, as often as they did. */
  resent?: string[];
  /** Longest lease of the run, in milliseconds. */
  lease: number;
}

export interface AcceptedMail {
  messageId: string;
  /** Envelope recipient. */
  to: string;
  at: Date;
}

/** One statement on the database of the run. */
export type RunSql = (sql: string) => Promise<Record<string, unknown>[]>;

interface LedgerRow {
  id: string;
  key: string;
  status: string;
  reason: string | null;
  email: string;
  sendAt: Date;
  dueAt: Date;
  notAfter: Date | null;
  leaseUntil: Date | null;
  changedAt: Date;
  now: Date;
}

const LEDGER = `
  SELECT id, dedupe_key AS "key", status, reason, email, send_at AS "sendAt", due_at AS "dueAt", not_after AS "notAfter",
    lease_until AS "leaseUntil", updated_at AS "changedAt", clock_timestamp() AS now
  FROM messages`;

const ENDS = ['sent', 'cancelled', 'suppressed', 'failed', 'unknown'];
const STILL_DUE = ['planned', 'queued', 'sending'];
const GRACE = 60_000;
/** Clocks of one machine, read by two programs. */
const TICK = 50;

/** Everything that is wrong, in words; nothing when the run was right. */
export async function violations(query: RunSql, run: FaultRun): Promise<string[]> {
  const rows = (await query(LEDGER)) as unknown as LedgerRow[];
  const deliveries = byRow(rows, run.accepted);
  return [
    ...wholeness(rows, run),
    ...repeats(run),
    ...strangers(rows, run),
    ...rows.flatMap((row) => [
      ...truth(row, deliveries.get(row.id)?.length ?? 0, run),
      ...stuck(row, run),
      ...(deliveries.get(row.id) ?? []).flatMap((mail) => punctuality(row, mail, run)),
    ]),
    ...unknowns(rows, run),
  ];
}

/** Throws an error that lists everything that is wrong. */
export async function prove(query: RunSql, run: FaultRun): Promise<void> {
  const found = await violations(query, run);
  if (found.length > 0) throw new Error(`The ledger does not tell the truth:\n${found.slice(0, 30).join('\n')}`);
}

const rowId = ({ messageId }: AcceptedMail): string => /^<([^@>]+)@/.exec(messageId)?.[1] ?? messageId;

function byRow(rows: LedgerRow[], accepted: AcceptedMail[]): Map<string, AcceptedMail[]> {
  const deliveries = new Map(rows.map(({ id }) => [id, [] as AcceptedMail[]]));
  for (const mail of accepted) deliveries.get(rowId(mail))?.push(mail);
  return deliveries;
}

/** planned = sent + cancelled + suppressed + failed + unknown + still due, each key once, nothing invented. */
function wholeness(rows: LedgerRow[], { planned, uncertain = [] }: FaultRun): string[] {
  const found = count(rows.map(({ key }) => key));
  const known = new Set([...planned, ...uncertain.flat()]);
  const torn = uncertain.filter((plan) => new Set(plan.map((key) => found.has(key))).size > 1);
  const arrived = uncertain.flat().filter((key) => found.has(key)).length;
  const counted = rows.filter(({ status }) => ENDS.includes(status) || STILL_DUE.includes(status)).length;
  return [
    ...planned.filter((key) => !found.has(key)).map((key) => `lost: ${key} was planned and is not in the ledger`),
    ...torn.map((plan) => `torn: of a plan of ${plan.length} some are in the ledger and some are not: ${plan[0]}…`),
    ...[...found].filter(([key]) => !known.has(key)).map(([key]) => `invented: nobody planned ${key}`),
    ...[...found].filter(([, times]) => times > 1).map(([key, times]) => `doubled: ${key} is there ${times} times`),
    ...(counted === planned.length + arrived
      ? []
      : [
          `sum: ${planned.length + arrived} planned, ${counted} sent, cancelled, suppressed, failed, unknown or still due`,
        ]),
  ];
}

function repeats({ accepted, resent = [] }: FaultRun): string[] {
  const again = count(resent);
  return [...count(accepted.map(rowId))]
    .filter(([id, times]) => times > 1 + (again.get(id) ?? 0))
    .map(([id, times]) => `twice: ${id} was accepted ${times} times`);
}

function strangers(rows: LedgerRow[], { accepted }: FaultRun): string[] {
  const emails = new Map(rows.map(({ id, email }) => [id, email]));
  return accepted.flatMap((mail) => {
    const email = emails.get(rowId(mail));
    if (email === undefined) return [`stranger: ${mail.messageId} to ${mail.to} is not in the ledger`];
    return email === mail.to.toLowerCase() ? [] : [`astray: ${mail.messageId} is for ${email} and went to ${mail.to}`];
  });
}

/** What the status says, the mail server's log must say too. */
function truth({ id, status, reason }: LedgerRow, deliveries: number, { resent = [] }: FaultRun): string[] {
  const sentAgain = resent.includes(id);
  const claims = `${id} is ${status}${reason ? ` (${reason})` : ''}`;
  if (status === 'sent' && deliveries === 0) return [`untrue: ${claims}, but no mail server has it`];
  const mayHaveArrived = ['sent', 'unknown', 'sending'].includes(status) || sentAgain;
  return deliveries > 0 && !mayHaveArrived ? [`untrue: ${claims}, but a mail server has it`] : [];
}

function stuck({ id, status, leaseUntil, dueAt, changedAt, now }: LedgerRow, { lease }: FaultRun): string[] {
  const held = status === 'queued' || status === 'sending';
  const late = now.getTime() - GRACE;
  if (held && (leaseUntil === null || leaseUntil.getTime() < late || changedAt.getTime() < late - lease))
    return [`stuck: ${id} is ${status} since ${changedAt.toISOString()}`];
  if (status === 'planned' && dueAt.getTime() < late - lease && changedAt.getTime() < late - lease)
    return [`stuck: ${id} has been due since ${dueAt.toISOString()}`];
  return [];
}

function punctuality(
  { id, sendAt, notAfter }: LedgerRow,
  { at }: AcceptedMail,
  { lease, resent = [] }: FaultRun,
): string[] {
  if (resent.includes(id)) return [];
  if (at.getTime() < sendAt.getTime() - TICK)
    return [`early: ${id} went at ${at.toISOString()}, its time is ${sendAt.toISOString()}`];
  // Begun in time, it may still take as long as its lease.
  if (notAfter && at.getTime() > notAfter.getTime() + lease + TICK)
    return [`late: ${id} went at ${at.toISOString()}, useful until ${notAfter.toISOString()}`];
  return [];
}

/** unknown ≤ kills × concurrency, and one more for each answer that a mail server kept to itself. */
function unknowns(rows: LedgerRow[], { kills, concurrency, unanswered = 0 }: FaultRun): string[] {
  const unknown = rows.filter(({ status }) => status === 'unknown').length;
  const allowed = kills * concurrency + unanswered;
  return unknown <= allowed ? [] : [`unknown: ${unknown}, but only ${allowed} were in anybody's hands`];
}

function count(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
