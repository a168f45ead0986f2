import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, Row } from '../api-client.js';

const STATUSES = ['planned', 'queued', 'sending', 'sent', 'cancelled', 'suppressed', 'failed', 'unknown'] as const;

/** How many messages there are in each status. */
export type LedgerCounts = Record<(typeof STATUSES)[number], number>;

/** The ledger's counts. */
export async function ledgerCounts(client: ApiClient): Promise<LedgerCounts> {
  const counts = await Promise.all(
    STATUSES.map(async (status) => {
      const { page } = await client.get<{ page: { total: number } }>(
        `/v1/messages?filter[status]=${status}&count=exact&limit=1`,
      );
      return [status, page.total] as const;
    }),
  );
  return Object.fromEntries(counts) as LedgerCounts;
}

/** Waits until nothing is due within the next seconds; `onLook` hears the counts meanwhile. Gives up after `patience` ms. */
export async function untilDelivered(
  client: ApiClient,
  patience: number,
  onLook: (counts: LedgerCounts) => void,
): Promise<LedgerCounts> {
  for (const end = Date.now() + patience; ;) {
    const horizon = new Date(Date.now() + 30_000).toISOString();
    const open = 'filter[status][in]=planned,queued,sending';
    const { data } = await client.get<{ data: Row[] }>(`/v1/messages?${open}&filter[sendAt][lte]=${horizon}&limit=1`);
    // Counted after the look at what is open: the other way round, the last mails could go out between the two.
    const counts = await ledgerCounts(client);
    onLook(counts);
    if (data.length === 0 || Date.now() > end) return counts;
    await sleep(500);
  }
}
