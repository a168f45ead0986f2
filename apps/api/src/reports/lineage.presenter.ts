import type { Lineage } from '#reports';
import { presentDeal } from '../deals/deal.presenter.js';
import type { LineageDto } from './lineage.dto.js';

/** Nodes and edges are put together by PostgreSQL, field by field, as they are answered. */
export const presentLineage = ({ deal, nodes, edges }: Lineage): LineageDto => ({
  deal: presentDeal(deal),
  nodes,
  edges,
});
