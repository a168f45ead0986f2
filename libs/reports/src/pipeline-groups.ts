import { DEAL_STAGES } from '#deals';
import type {
  DealState,
  PipelineFigures,
  PipelineGroup,
  PipelineGroupRow,
  PipelineGroups,
  PipelineRequest,
  PipelineStates,
  StageGroup,
} from './pipeline.js';
import type { Rates } from './rates.js';

/** Figures of one group and state; those of all deals have no group. */
export interface FiguresRow extends PipelineFigures {
  group: PipelineGroup | null;
  key: string | null;
  name: string | null;
  state: DealState;
}

/** Puts the rows where they belong, and noughts where there are none. */
export function groupsOf({ by, rates }: PipelineRequest, rows: FiguresRow[]): PipelineGroups {
  const of = (group: PipelineGroup | null): FiguresRow[] => rows.filter((row) => row.group === group);
  return {
    totals: statesOf(of(null), rates),
    ...(by.includes('stage') && { byStage: stagesOf(of('stage'), rates) }),
    ...(by.includes('sector') && { bySector: keyedOf(of('sector'), rates) }),
    ...(by.includes('country') && { byCountry: keyedOf(of('country'), rates) }),
    ...(by.includes('owner') && { byOwner: keyedOf(of('owner'), rates) }),
  };
}

const stagesOf = (rows: FiguresRow[], rates: Rates | undefined): StageGroup[] =>
  DEAL_STAGES.map((stage) => ({
    stage,
    ...figuresOf(
      rows.find(({ key }) => key === stage),
      rates,
    ),
  }));

/** Those with most open deals first; deals without a sector, country or owner last. */
function keyedOf(rows: FiguresRow[], rates: Rates | undefined): PipelineGroupRow[] {
  const byKey = new Map<string | null, FiguresRow[]>();
  for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
  const groups = [...byKey].map(([key, of]) => ({ key, name: of[0]?.name ?? null, ...statesOf(of, rates) }));
  return groups.sort(
    (one, other) =>
      Number(one.key === null) - Number(other.key === null) ||
      other.open.deals - one.open.deals ||
      nameOf(one).localeCompare(nameOf(other)),
  );
}

const nameOf = ({ name, key }: PipelineGroupRow): string => name ?? key ?? '';

const statesOf = (rows: FiguresRow[], rates: Rates | undefined): PipelineStates => {
  const of = (state: DealState): PipelineFigures =>
    figuresOf(
      rows.find((row) => row.state === state),
      rates,
    );
  return { open: of('open'), won: of('won'), lost: of('lost') };
};

function figuresOf(row: FiguresRow | undefined, rates: Rates | undefined): PipelineFigures {
  if (row) return { deals: row.deals, withoutValue: row.withoutValue, value: row.value, weighted: row.weighted };
  const nothing = {
    byCurrency: [],
    converted: rates ? { amount: '0.00', currency: rates.currency, notConverted: [] } : null,
  };
  return { deals: 0, withoutValue: 0, value: nothing, weighted: nothing };
}
