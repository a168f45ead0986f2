import { type DealStage, WORKING_STAGES } from '#deals';

/** Deals that have been in the same stages and are in the same one now. */
export interface StagesPassed {
  /** Working stages they have ever been in: bit n is the nth of WORKING_STAGES. */
  entered: number;
  /** Where they are now. */
  stage: DealStage;
  deals: number;
}

/** How many deals got at least to a stage, and what became of them. */
export interface FunnelRow {
  stage: DealStage;
  /** Deals that have been in this stage or a later one, and those won. */
  reached: number;
  /** Of those, how many have never been in the stage itself. */
  skipped: number;
  /** Of those reached, how many have been in a later stage, or were won. */
  wentOn: number;
  /** Those reached that did not go on, as they stand now; reached = wentOn + open + onHold + lost. */
  stopped: { open: number; onHold: number; lost: number };
  /** wentOn ÷ reached, to four places; null where none reached it. */
  conversionRate: number | null;
  /** All those reached as they stand now; reached = open + onHold + won + lost. */
  now: { open: number; onHold: number; won: number; lost: number };
  /** won ÷ (won + lost) of those reached, to four places; null where none has ended. */
  winRate: number | null;
}

const STAGES = WORKING_STAGES;

/**
 * The rules: every deal has reached the first stage. A deal that was in a stage has reached those before it, skipped or not, and
 * stepping back does not undo that. A deal that is won has reached them all; a win taken back by a reopening is none. On hold and
 * lost are no stages to reach: such a deal has got as far as it had before.
 */
export const funnelOf = (rows: StagesPassed[]): FunnelRow[] =>
  STAGES.map((stage, place) => funnelRow(stage, place, rows));

function funnelRow(stage: DealStage, place: number, rows: StagesPassed[]): FunnelRow {
  const reached = rows.filter((row) => furthest(row) >= place);
  const wentOn = reached.filter((row) => furthest(row) > place);
  const { open, onHold, lost } = standing(reached.filter((row) => furthest(row) === place));
  const now = standing(reached);
  return {
    stage,
    reached: count(reached),
    skipped: count(reached.filter(({ entered }) => (entered & (1 << place)) === 0)),
    wentOn: count(wentOn),
    stopped: { open, onHold, lost },
    conversionRate: ratio(count(wentOn), count(reached)),
    now,
    winRate: ratio(now.won, now.won + now.lost),
  };
}

/** Place of the last stage reached; one beyond the last for a deal that is won. */
function furthest({ entered, stage }: StagesPassed): number {
  if (stage === 'closed_won') return STAGES.length;
  return Math.max(0, 31 - Math.clz32(entered));
}

function standing(rows: StagesPassed[]): FunnelRow['now'] {
  const of = (...stages: DealStage[]): number => count(rows.filter(({ stage }) => stages.includes(stage)));
  return { open: of(...STAGES), onHold: of('on_hold'), won: of('closed_won'), lost: of('closed_lost') };
}

const count = (rows: StagesPassed[]): number => rows.reduce((sum, { deals }) => sum + deals, 0);

const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
