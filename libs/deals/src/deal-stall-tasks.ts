import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, houseTimeZone } from '#config';
import { Database } from '#database';
import { FaultList } from '#faults';
import { KeptTasks, TaskDrafts, TasksService } from '#tasks';
import { stallDue, stallTitle } from './deal-stall.js';
import type { DealState, Stall } from './deal-stalls.reader.js';

/** What a look has found of some deals. */
type Finding = 'begun' | 'ended' | 'renewed' | 'goes_on' | 'none';

type Stalling = DealState & { current: Stall };

/** Makes stalls and their tasks fit how deals stand now, set-based; needs a transaction that holds the deals. */
@Injectable()
export class DealStallTasks {
  constructor(
    private readonly database: Database,
    private readonly drafts: TaskDrafts,
    private readonly tasks: TasksService,
    private readonly kept: KeptTasks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers how many stalls it began. */
  async follow(deals: DealState[]): Promise<number> {
    const found = (...findings: Finding[]) => deals.filter((deal) => findings.includes(finding(deal)));
    await this.end(found('ended', 'renewed').filter(isStalling));
    await this.keep(found('goes_on').filter(isStalling));
    const begun = found('begun', 'renewed');
    await this.resume(begun.filter(({ former }) => former));
    await this.make(begun.filter(({ former }) => !former));
    return begun.length;
  }

  /** A touch came, or the deal rests: nobody has to ask about it any more. */
  private async end(deals: Stalling[]): Promise<void> {
    if (deals.length === 0) return;
    await this.kept.cancelAll(deals.flatMap(({ current }) => (current.open ? [current.taskId] : [])));
    await this.database.query(END, [
      deals.map(({ id }) => id),
      deals.map(({ current }) => current.open),
      deals[0]?.now,
    ]);
  }

  private async make(deals: DealState[]): Promise<void> {
    if (deals.length === 0) return;
    const faults = new FaultList();
    const inputs = deals.map((deal) => ({
      ...{ title: this.titleOf(deal), dueAt: this.dueAt(deal), timeZone: this.zoneOf(deal) },
      ...{ assigneeId: deal.ownerId, about: { type: 'deal' as const, id: deal.id } },
      ...(isOld(deal) && { remindBefore: [] }),
    }));
    const drafts = await this.drafts.ofNew(inputs, String, faults);
    faults.throwAny();
    const { tasks } = await this.tasks.createAll(drafts);
    const rows = deals.map((deal, index) => ({
      ...{ deal_id: deal.id, touched_at: deal.touchedAt, stalled_since: deal.stalledSince, task_id: tasks[index]?.id },
      ...{ title: inputs[index]?.title, assignee_id: deal.ownerId, stopped: false },
    }));
    await this.database.query(MADE, [JSON.stringify(rows)]);
  }

  /** The touch that had ended the stall was taken back: what was asked then is asked again, what was done stays done. */
  private async resume(deals: DealState[]): Promise<void> {
    if (deals.length === 0) return;
    await this.database.query(RESUMED, [deals.map(({ id }) => id), deals.map(({ touchedAt }) => touchedAt)]);
    const resumed: Stalling[] = [];
    for (const deal of deals) {
      if (!deal.former?.stopped) continue;
      await this.kept.reopen(deal.former.taskId);
      resumed.push({ ...deal, current: { ...deal.former, open: true } });
    }
    await this.keep(resumed);
  }

  /** The owner may be another, and a touch may have become known from before the stall began. */
  private async keep(deals: Stalling[]): Promise<void> {
    if (deals.length === 0) return;
    const rows = [];
    for (const deal of deals) rows.push(await this.followTask(deal));
    await this.database.query(KEPT, [JSON.stringify(rows)]);
  }

  /** What the stall is to say of its task, which is changed where it must. */
  private async followTask(deal: Stalling): Promise<Record<string, unknown>> {
    const { id, current, ownerId, touchedAt, stalledSince } = deal;
    const title = current.open && current.titleAsGiven ? this.titleOf(deal) : current.title;
    const assigneeId = current.open && current.assigneeAsGiven ? ownerId : current.assigneeId;
    const changes = {
      ...(title !== current.title && { title }),
      ...(assigneeId !== current.assigneeId && { assigneeId }),
    };
    if (Object.keys(changes).length > 0) await this.kept.move(current.taskId, changes);
    return { deal_id: id, touched_at: touchedAt, stalled_since: stalledSince, title, assignee_id: assigneeId };
  }

  private titleOf(deal: DealState): string {
    return stallTitle(deal, this.zoneOf(deal));
  }

  private dueAt(deal: DealState): string {
    return stallDue(deal.now, this.zoneOf(deal)).toISOString();
  }

  /** The owner's; what is nobody's goes by the first zone of the house. */
  private zoneOf({ timeZone }: DealState): string {
    return timeZone ?? houseTimeZone(this.config);
  }
}

const isStalling = (deal: DealState): deal is Stalling => deal.current !== null;

/**
 * It had stalled for as long again before anybody looked: the history of years was imported, or the rule is new. Such a task
 * stands in lists and digests, and sends no mail of its own beside hundreds of others.
 */
const isOld = ({ now, touchedAt, stalledSince }: DealState): boolean =>
  now.getTime() - stalledSince.getTime() > stalledSince.getTime() - touchedAt.getTime();

/** A touch within the time that counts as none ends no stall: it only began later, or earlier, than was known. */
function finding({ stalled, current, former, touchedAt }: DealState): Finding {
  if (!stalled) return current ? 'ended' : 'none';
  if (!current) return 'begun';
  return touchedAt > new Date(current.stalledSince) || former ? 'renewed' : 'goes_on';
}

const END = `
  UPDATE deal_stalls s SET ended_at = $3, stopped = e.stopped FROM unnest($1::uuid[], $2::boolean[]) e (id, stopped)
  WHERE s.deal_id = e.id AND s.ended_at IS NULL`;

const MADE = 'INSERT INTO deal_stalls SELECT * FROM jsonb_populate_recordset(NULL::deal_stalls, $1::jsonb)';

const RESUMED = `
  UPDATE deal_stalls s SET ended_at = NULL, stopped = false FROM unnest($1::uuid[], $2::timestamptz[]) r (id, touched_at)
  WHERE s.deal_id = r.id AND s.touched_at = r.touched_at`;

const KEPT = `
  UPDATE deal_stalls s SET touched_at = k.touched_at, stalled_since = k.stalled_since, title = k.title, assignee_id = k.assignee_id
  FROM jsonb_populate_recordset(NULL::deal_stalls, $1::jsonb) k WHERE s.deal_id = k.deal_id AND s.ended_at IS NULL`;
