import type { ApiClient } from '../api-client.js';

interface LineageAnswer {
  nodes: { key: string; type: string; title?: string; kind?: string }[];
  edges: { from: string; to: string; relation: string }[];
}

interface Money {
  amount: string;
  currency: string;
}

interface Sums {
  byCurrency: Money[];
}

interface OutcomeAnswer {
  meetings: { byStatus: { held: number } };
  agreements: { total: number; byRelation: { signed_at: number } };
  commitments: { kept: number; open: number };
  deals: { total: number; originated: number; closed: number; mentionedOnly: number };
  value: { won: Sums; open: Sums };
  attribution: Record<'firstTouch' | 'lastTouch' | 'even', { deals: number }>;
}

/** How a deal came about, one sentence for each edge of its lineage; that its stages are its own, and in what order, goes without saying. */
export async function lineageLines(client: ApiClient, dealId: string): Promise<string[]> {
  const { nodes, edges } = await client.get<LineageAnswer>(`/v1/deals/${dealId}/lineage`);
  const named = new Map(nodes.map((node) => [node.key, node]));
  return edges
    .filter(({ from }) => named.get(from)?.type !== 'stage_change')
    .map(({ from, to, relation }) => [nameOf(named.get(from)), relation, nameOf(named.get(to))].join(' · '))
    .map((line) => line.replaceAll('_', ' '));
}

function nameOf(node?: LineageAnswer['nodes'][number]): string {
  if (node?.type === 'instrument') return `${node.kind} by ${node.title}`;
  return node?.title ?? `a restricted ${node?.type}`;
}

/** What came of a conference, in two lines; what it is credited with, only where somebody knows a value. */
export async function outcomeLines(client: ApiClient, conferenceId: string): Promise<string[]> {
  const { meetings, agreements, commitments, deals, value, attribution } = await client.get<OutcomeAnswer>(
    `/v1/reports/conferences/${conferenceId}`,
  );
  const { firstTouch, lastTouch, even } = attribution;
  const known = [value.won, value.open].some(({ byCurrency }) => byCurrency.length > 0);
  const credits = `won ${sum(value.won)}, open ${sum(value.open)}; deals credited by first touch ${firstTouch.deals}, by last touch ${lastTouch.deals}, evenly ${even.deals}`;
  return [
    `meetings: ${meetings.byStatus.held} held; promises: ${commitments.kept} kept, ${commitments.open} open; agreements: ${agreements.total} linked, ${agreements.byRelation.signed_at} signed there`,
    `deals: ${deals.originated} originated, ${deals.mentionedOnly} only mentioned; ${known ? credits : 'no value is known'}`,
  ];
}

const sum = ({ byCurrency }: Sums): string =>
  byCurrency.map(({ amount, currency }) => `${amount} ${currency}`).join(' and ') || 'nothing';
