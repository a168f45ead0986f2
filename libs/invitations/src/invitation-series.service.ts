import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditTrail } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { type LedgerEntry, MessageLedger } from '#messaging';
import { type RecordReference, RecordsReader, type RecordSummary } from '#records';
import { holdRules, ReminderRulesReader } from '#reminders';
import { InvitationAnswers } from './invitation-answers.js';
import { type InvitationRound, type Invitee, usefulUntil } from './invitation-round.js';
import { writeInvitations } from './invitation-rows.js';
import { roundTimes } from './invitation-times.js';
import { InvitationWithdrawals } from './invitation-withdrawals.js';
import { NothingToInviteTo } from './invitations.errors.js';
import { type JudgedInvitee, RoundAudience } from './round-audience.js';
import { type Invited, leftOut, roundMails } from './round-mails.js';
import { inviteesOf } from './round-result.js';

/** One of many events, and who is to come to it. */
export interface SeriesRound {
  about: RecordReference;
  people: Invitee[];
}

/** A round with all that is known of it. */
interface OpenRound {
  about: RecordSummary;
  round: InvitationRound;
  batchId: string;
  judged: JudgedInvitee[];
}

/** Invites to many events at once, such as the meetings of a schedule, in as few statements as to one. */
@Injectable()
export class InvitationSeriesService {
  constructor(
    readonly database: Database,
    private readonly trail: AuditTrail,
    private readonly records: RecordsReader,
    private readonly ledger: MessageLedger,
    private readonly audience: RoundAudience,
    private readonly rules: ReminderRulesReader,
    private readonly withdrawals: InvitationWithdrawals,
    private readonly answers: InvitationAnswers,
  ) {}

  /**
   * A round for each event, now and without nudges of its own; answers how many invitations that makes. Never twice, never
   * to a suppressed address. Throws Invalid for events that are not there, NothingToInviteTo.
   */
  @Transactional()
  async inviteAll(rounds: SeriesRound[]): Promise<number> {
    const now = await this.database.now();
    await holdRules(this.database);
    const open = await this.open(rounds, now);
    const invited = await this.write(open);
    for (const { about } of open) {
      const personIds = (invited.get(about.id) ?? []).flatMap(({ recipient }) => recipient.personId ?? []);
      await this.answers.tellInvited(about.type as RecordReference['type'], { aboutId: about.id, personIds });
    }
    const all = [...invited.values()].flat();
    await this.withdrawals.takeBack(all.map(({ invitationId }) => invitationId));
    await this.ledger.write(await this.mails(open, invited, now));
    return all.length;
  }

  /** The events stay as they are until the commit: whoever changes one then finds these invitations. */
  private async open(rounds: SeriesRound[], now: Date): Promise<OpenRound[]> {
    const references = rounds.map(({ about }) => about);
    const events = await this.records.demand(references, currentActor(), (index) => `/${index}/about`);
    const ids = references.map(({ id }) => id);
    await this.database.query('SELECT FROM records WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE', [ids]);
    const judged = await this.audience.judgeAll(rounds.map(({ about, people }) => ({ aboutId: about.id, people })));
    return events.map((about, index) => {
      demandOn(about, now);
      const round = { about: references[index] as RecordReference, people: rounds[index]?.people ?? [] };
      return { about, round, batchId: v7(), judged: judged[index] ?? [] };
    });
  }

  /** Invitations by event. */
  private async write(open: OpenRound[]): Promise<Map<string, Invited[]>> {
    const people = new Map(
      open.map(({ about, batchId, judged }) => [about.id, { batchId, known: inviteesOf(judged) }]),
    );
    const rows = [...people].flatMap(([aboutId, { batchId, known }]) =>
      [...known.keys()].map((personId) => ({ aboutId, personId, batchId })),
    );
    const invited = new Map<string, Invited[]>(open.map(({ about }) => [about.id, []]));
    for (const { id, aboutId, personId } of await writeInvitations(this.database, rows)) {
      const { batchId = '', known } = people.get(aboutId) ?? {};
      const recipient = known?.get(personId);
      if (recipient) invited.get(aboutId)?.push({ invitationId: id, batchId, recipient });
    }
    await this.trail.record(
      ...open.map(({ about, batchId }) => ({
        action: 'invited',
        subjectType: about.type,
        aboutId: about.id,
        after: { batchId, invited: invited.get(about.id)?.length ?? 0 },
      })),
    );
    return invited;
  }

  private async mails(open: OpenRound[], invited: Map<string, Invited[]>, now: Date): Promise<LedgerEntry[]> {
    const rules = await this.rules.enabled('invitation');
    return open.flatMap(({ about, round, batchId, judged }) => [
      ...roundMails(about, round, roundTimes(about, round, rules, now), invited.get(about.id) ?? []),
      ...leftOut(about, round, batchId, judged),
    ]);
  }
}

/** Throws NothingToInviteTo. */
function demandOn(about: RecordSummary, now: Date): void {
  if (about.calledOff) throw new NothingToInviteTo('called_off');
  const over = usefulUntil(about);
  if (over && over < now) throw new NothingToInviteTo('already_over');
}
