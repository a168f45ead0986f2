import { Injectable } from '@nestjs/common';
import type { RecordType } from '#records';
import type { InvitationStatus } from './invitation.entity.js';

/** What somebody has answered about what they were invited to. */
export interface AnsweredInvitation {
  aboutId: string;
  personId: string;
  status: InvitationStatus;
}

/** Those whom one round has invited. */
export interface InvitedPeople {
  aboutId: string;
  personIds: string[];
}

type Listener = (answer: AnsweredInvitation) => Promise<void>;

/** Somebody who is no longer invited. True where the feature tells them of it itself. */
type Withdrawal = (withdrawn: Pick<AnsweredInvitation, 'aboutId' | 'personId'>) => Promise<boolean>;

type Invited = (invited: InvitedPeople) => Promise<void>;

/** Lets a feature act on its invitations and the answers to them, in the transaction of these. */
@Injectable()
export class InvitationAnswers {
  private readonly listeners = new Map<RecordType, Listener>();
  private readonly withdrawals = new Map<RecordType, Withdrawal>();
  private readonly rounds = new Map<RecordType, Invited>();

  /**
   * `withdrawn` gives back what came of an answer alone; `invited` must not lock the record, which a round holds already.
   * Throws when two features claim one type of record.
   */
  listen(type: RecordType, listener: Listener, withdrawn: Withdrawal, invited?: Invited): void {
    if (this.listeners.has(type)) throw new Error(`Two features act on answers about a ${type}.`);
    this.listeners.set(type, listener);
    this.withdrawals.set(type, withdrawn);
    if (invited) this.rounds.set(type, invited);
  }

  /** Tells the feature whose record it is about; nobody listens to most types. */
  async tell(type: RecordType, answer: AnsweredInvitation): Promise<void> {
    await this.listeners.get(type)?.(answer);
  }

  /** The same of an invitation that is withdrawn. Answers whether the feature tells the person of it. */
  async tellWithdrawn(type: RecordType, who: Pick<AnsweredInvitation, 'aboutId' | 'personId'>): Promise<boolean> {
    return (await this.withdrawals.get(type)?.(who)) ?? false;
  }

  /** The same of a round that has invited people. */
  async tellInvited(type: RecordType, invited: InvitedPeople): Promise<void> {
    if (invited.personIds.length > 0) await this.rounds.get(type)?.(invited);
  }
}
