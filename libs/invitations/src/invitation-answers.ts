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

/** Lets a feature act on the answers to its invitations, in the transaction of the answer. */
@Injectable()
export class InvitationAnswers {
  private readonly listeners = new Map<RecordType, Listener>();

  /** Throws when two features claim one type of record. */
  listen(type: RecordType, listener: Listener): void {
    if (this.listeners.has(type)) throw new Error(`Two features act on answers about a ${type}.`);
    this.listeners.set(type, listener);
  }

  /** Tells the feature whose record it is about; nobody listens to most types. */
  async tell(type: RecordType, answer: AnsweredInvitation): Promise<void> {
    await this.listeners.get(type)?.(answer);
  }
}
