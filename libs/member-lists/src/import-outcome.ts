import type { RowDecision, RowProblem } from '#imports';
import type { MemberRow } from './member-row.js';
import type { OwnedPlan } from './import-subject.js';

/** What a row has come to so far. */
export class Outcome {
  created = false;
  updated = false;
  readonly problems: RowProblem[] = [];
  /** Things the mode forbids to create, or to update. */
  readonly held: RowProblem[] = [];
  readonly owned: OwnedPlan;

  constructor(readonly row: MemberRow) {
    this.owned = { rowNumber: row.rowNumber, plan: {}, changed: false };
  }

  /** A row that writes something is no skip, whatever else the mode holds back. */
  get verdict(): Pick<RowDecision, 'verdict' | 'problems'> {
    const { created, updated, problems, held } = this;
    if (created || updated) {
      const missing = held.filter(({ code }) => code !== 'already_there');
      return { verdict: created ? 'create' : 'update', problems: [...problems, ...missing] };
    }
    const [first, ...rest] = held;
    if (!first) return { verdict: 'unchanged', problems };
    return { verdict: 'skip', problems: [...problems, first, ...rest.filter(({ code }) => code !== first.code)] };
  }
}
