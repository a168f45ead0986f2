import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { currentActor, Database } from '#database';
import { type DealStage, isClosed } from './deal-stage.js';
import type { Deal } from './deal.entity.js';
import type { Moment } from './moment.js';

/** One step of a deal, and what shows it. */
export interface StageChange extends Moment {
  dealId: string;
  /** null for the first. */
  from: DealStage | null;
  to: DealStage;
  note: string | null;
  evidenceId: string | null;
}

/** What a deal repeats of its last stage change. */
export const stageFields = (
  stage: DealStage,
  { at, datePrecision }: Moment,
): Pick<Deal, 'stageSince' | 'stagePrecision' | 'closedOn'> => ({
  stageSince: at,
  stagePrecision: datePrecision,
  closedOn: isClosed(stage) ? at.toISOString().slice(0, 10) : null,
});

/** The stages that deals went through; rows are added and never changed. Needs the deal locked, so that places follow one another. */
@Injectable()
export class StageHistory {
  constructor(private readonly database: Database) {}

  /** Answers the id. */
  async add({ dealId, from, to, at, datePrecision, note, evidenceId }: StageChange): Promise<string> {
    const { id: actorId, name } = currentActor();
    const id = v7();
    const values = [id, dealId, from, to, at, datePrecision, note, evidenceId, actorId, name];
    await this.database.query(ADD, values);
    return id;
  }

  /** When the deal changed its stage. */
  moments(dealId: string): Promise<Moment[]> {
    return this.database.query<Moment>(MOMENTS, [dealId]);
  }
}

const ADD = `
  INSERT INTO deal_stage_changes (id, deal_id, place, from_stage, to_stage, at, date_precision, note, evidence_id, created_by, created_by_name)
  SELECT $1, $2, coalesce(max(place), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10 FROM deal_stage_changes WHERE deal_id = $2`;

const MOMENTS = 'SELECT at, date_precision AS "datePrecision" FROM deal_stage_changes WHERE deal_id = $1';
