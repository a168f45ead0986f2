import type { ImportMode } from '#imports';
import { type Header, type IdMatching, RowRefused } from './import-matching.js';
import { type ImportPicture, memberOf } from './import-picture.js';
import type { MemberRow, MembershipValues } from './member-row.js';
import type { Subject } from './import-subject.js';

/** Finds the membership a row means: by its id, else by its first day. */
export class MembershipMatching {
  constructor(
    private readonly picture: ImportPicture,
    private readonly mode: ImportMode,
    private readonly header: Header,
    private readonly ids: IdMatching,
  ) {}

  /** Throws RowRefused: one that only shares some days with the row's, and one that was cancelled, stay as they are. */
  find(row: MemberRow, member: Subject | undefined): Subject | undefined {
    const { membership: wanted, ids } = row;
    if (!wanted) return undefined;
    const known = this.ids.find('membership', ids.membership, 'membershipId');
    if (known && memberOf(known) !== member?.id) throw this.ids.foreign('membership', 'membershipId');
    if (!member) return this.demandTier(wanted);
    const all = this.picture.membershipsOf(member.id);
    const open = this.ids.open(all, ids.membership);
    const found = known ?? sameDay(open, wanted);
    const kept = this.keepsToStored() ? (found ?? all.find((other) => shareDays(other, wanted))) : undefined;
    if (kept) return kept;
    this.demandTier(wanted, found);
    this.demandUncancelled(wanted, found, open);
    this.demandOrder(wanted, found);
    this.demandFreeDays(wanted, found, all);
    return found;
  }

  private keepsToStored(): boolean {
    return this.mode === 'create' || this.mode === 'fill';
  }

  /** Who has a tier that is archived by now keeps it; nobody else gets it. */
  private demandTier({ tierId }: MembershipValues, found?: Subject): undefined {
    if (!this.picture.retiredTiers.has(tierId) || found?.state.tier_id === tierId) return undefined;
    const message = 'The membership tier is archived; it is given no more.';
    throw new RowRefused({ column: this.header('tier'), code: 'archived_tier', message });
  }

  /** An import does not bring a cancelled membership back; a row that says it is cancelled does not mean to. */
  private demandUncancelled(wanted: MembershipValues, found: Subject | undefined, all: Subject[]): void {
    if (wanted.cancelledOn !== undefined) return;
    const cancelled = found
      ? found.state.cancelled_on
      : all.some(({ state }) => state.cancelled_on && state.starts_on === wanted.startsOn);
    if (!cancelled) return;
    const message = 'The membership that begins on this day was cancelled; an import does not bring it back.';
    throw this.refused('membership_cancelled', message);
  }

  private demandOrder({ joinedOn, startsOn }: MembershipValues, found: Subject | undefined): void {
    if (!found || joinedOn !== undefined || String(found.state.joined_on) <= startsOn) return;
    const message = `The member joined on ${String(found.state.joined_on)}, after the membership would start on ${startsOn}.`;
    throw this.refused('joined_after_start', message);
  }

  private demandFreeDays(wanted: MembershipValues, found: Subject | undefined, all: Subject[]): void {
    if (wanted.cancelledOn !== undefined || found?.state.cancelled_on) return;
    const other = all.find((subject) => subject !== found && shareDays(subject, wanted));
    // A row that another row of this file contradicts changes no dates, so only what it would create can overlap.
    if (!other || found?.said.has('ends_on')) return;
    const { starts_on: from, ends_on: to } = other.state;
    const message = `There is a membership from ${String(from)} to ${String(to)} already, which shares days with this one.`;
    const title = `${String(from)} – ${String(to)}`;
    throw this.refused('membership_overlap', message, [{ type: 'membership', id: other.id, title }]);
  }

  private refused(code: string, message: string, candidates?: RowRefused['problem']['candidates']): RowRefused {
    return new RowRefused({ column: this.header('startsOn'), code, message, ...(candidates && { candidates }) });
  }
}

/** The one that begins on the same day: one that is cancelled where the row says so, else a live one. */
function sameDay(all: Subject[], wanted: MembershipValues): Subject | undefined {
  const same = all.filter(({ state }) => state.starts_on === wanted.startsOn);
  const live = same.find(({ state }) => !state.cancelled_on);
  if (wanted.cancelledOn === undefined) return live;
  return same.find(({ state }) => state.cancelled_on === wanted.cancelledOn) ?? live ?? same[0];
}

const shareDays = ({ state }: Subject, { startsOn, endsOn }: MembershipValues): boolean =>
  !state.cancelled_on && String(state.starts_on) <= endsOn && startsOn <= String(state.ends_on);
