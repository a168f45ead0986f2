import { Injectable } from '@nestjs/common';
import { currentActor, Database } from '#database';
import { AGREEMENTS, commitmentsSql, DEALS, tasksSql } from './brief-dealings.sql.js';
import type {
  Brief,
  BriefedAgreement,
  BriefedCommitment,
  BriefedDeal,
  BriefedTask,
  Promises,
  PromiseSide,
} from './brief.js';
import { type FactsParty, partyParameters } from './party-facts.js';

type PromiseRow = BriefedCommitment & { side: PromiseSide; count: number; overdueCount: number };
type DealRow = BriefedDeal & { count: number; openCount: number };
type TaskRow = BriefedTask & { count: number; overdueCount: number };

/** What is open between the house, somebody, and others. */
@Injectable()
export class BriefDealingsReader {
  constructor(private readonly database: Database) {}

  /** Four queries. */
  async of(party: FactsParty): Promise<Pick<Brief, 'commitments' | 'deals' | 'agreements' | 'tasks'>> {
    const [parameters, actor] = [partyParameters(party), currentActor()];
    const [commitments, deals, agreements, tasks] = await Promise.all([
      this.commitments(party),
      this.database.query<DealRow>(DEALS, parameters),
      this.database.query<BriefedAgreement & { count: number }>(AGREEMENTS, parameters),
      this.database.query<TaskRow>(tasksSql(actor), parameters),
    ]);
    return {
      commitments,
      deals: { count: deals[0]?.count ?? 0, open: deals[0]?.openCount ?? 0, data: deals },
      agreements: { count: agreements[0]?.count ?? 0, data: agreements },
      tasks: { count: tasks[0]?.count ?? 0, overdue: tasks[0]?.overdueCount ?? 0, data: tasks },
    };
  }

  /** Open promises by whose they are. One query. */
  async commitments(party: FactsParty): Promise<Brief['commitments']> {
    const rows = await this.database.query<PromiseRow>(commitmentsSql(currentActor()), partyParameters(party));
    return {
      byUs: promisesOf('byUs', rows),
      byThem: promisesOf('byThem', rows),
      byOthers: promisesOf('byOthers', rows),
    };
  }
}

function promisesOf(side: PromiseSide, rows: PromiseRow[]): Promises {
  const data = rows.filter((row) => row.side === side);
  return { count: data[0]?.count ?? 0, overdue: data[0]?.overdueCount ?? 0, data };
}
