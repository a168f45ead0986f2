import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, Row } from '../api-client.js';

const DAY = 86_400_000;
const STATUSES = ['planned', 'queued', 'sending', 'sent', 'cancelled', 'suppressed', 'failed', 'unknown'] as const;

/** How many messages there are in each status. */
export type LedgerCounts = Record<(typeof STATUSES)[number], number>;

export interface InvitationCounts {
  invited: number;
  alreadyInvited: number;
  suppressed: number;
  noEmail: number;
}

/** Invites the made-up members of the highest tier to a made-up forum. */
export async function inviteMembers(client: ApiClient): Promise<InvitationCounts> {
  const name = 'Demo: Members’ Forum';
  const known = await client.find('/v1/conferences', 'name', name);
  const { id } = known ?? (await client.post<Row>('/v1/conferences', forumBody(name)));
  const body = {
    about: { type: 'conference', id },
    recipients: { tierCodes: ['platinum'] },
    sendAt: new Date().toISOString(),
  };
  return (await client.post<{ counts: InvitationCounts }>('/v1/invitations', body)).counts;
}

function forumBody(name: string) {
  const day = new Date(Date.now() + 60 * DAY).toISOString().slice(0, 10);
  return {
    name,
    status: 'published',
    startsAt: `${day}T10:00`,
    endsAt: `${day}T17:00`,
    timeZone: 'Asia/Baku',
    city: 'Baku',
    country: 'AZ',
  };
}

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
