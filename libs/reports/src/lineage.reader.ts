import { Injectable } from '@nestjs/common';
import { currentActor, Database } from '#database';
import { DealsReader } from '#deals';
import type { Lineage, LineageGraph } from './lineage.js';
import { lineageSql } from './lineage.sql.js';

/** Answers which of our events led to a deal, and how we know. */
@Injectable()
export class LineageReader {
  constructor(
    private readonly database: Database,
    private readonly deals: DealsReader,
  ) {}

  /** The graph of one deal as far as the caller may know, in two queries; an archived one is found too. Throws NotFound. */
  async of(dealId: string): Promise<Lineage> {
    const deal = (await this.deals.get(dealId, ['owner', 'parties'])) as Lineage['deal'];
    const parameters = [dealId];
    const sql = lineageSql(currentActor(), (id) => `$${parameters.push(id)}`);
    const [graph] = await this.database.prepared<LineageGraph>(sql, parameters);
    return { deal, nodes: graph?.nodes ?? [], edges: graph?.edges ?? [] };
  }
}
