import { Injectable } from '@nestjs/common';
import type { RecordType } from '#records';
import type { InvitationStatus } from './invitation.entity.js';

/** What somebody has answered about what they were invited to. */
export interface AnsweredInvitation {
  aboutId: string;
  personId: string;
  status: InvitationStatus;
}

type Listener = (answer: AnsweredInvitation) => Promise<void>;

/** Somebody who is no longer invited. True where the feature tells them of it itself. */
type Withdrawal = (withdrawn: Pick<AnsweredInvitation, 'aboutId' | 'personId'>) => Promise<boolean>;

/** Lets a feature act on the answers to its invitations, in the transaction of the answer. */
@Injectable()
export class InvitationAnswers {
  private readonly listeners = new Map<RecordType, Listener>();
  private readonly withdrawals = new Map<RecordType, Withdrawal>();

  /** `withdrawn` gives back what came of an answer alone. Throws when two features claim one type of record. */
  listen(type: RecordType, listener: Listener, withdrawn: Withdrawal): void {
    if (this.listeners.has(type)) throw new Error(`Two features act on answers about a ${type}.`);
    this.listeners.set(type, listener);
    this.withdrawals.set(type, withdrawn);
  }

  /** Tells the feature whose record it is about; nobody listens to most types. */
  async tell(type: RecordType, answer: AnsweredInvitation): Promise<void> {
    await this.listeners.get(type)?.(answer);
  }

  /** The same of an invitation that is withdrawn. Answers whether the feature tells the person of it. */
  async tellWithdrawn(type: RecordType, who: Pick<AnsweredInvitation, 'aboutId' | 'personId'>): Promise<boolean> {
    return (await this.withdrawals.get(type)?.(who)) ?? false;
  }
}
