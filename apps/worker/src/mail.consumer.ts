import { Injectable } from '@nestjs/common';
import { type ClaimedMessage, MessageDelivery } from '#delivery';
import { HandlesJob, type JobRun } from '#queue';
import { MailSchedule } from './mail.schedule.js';

/** The jobs of the mail queue. Each may come twice: the claim in the ledger makes the second do nothing. */
@Injectable()
export class MailConsumer {
  constructor(
    private readonly delivery: MessageDelivery,
    private readonly schedule: MailSchedule,
  ) {}

  @HandlesJob('mail', 'deliver')
  async deliver({ data }: JobRun<ClaimedMessage>): Promise<void> {
    try {
      await this.delivery.deliver(data.id, data.claim);
    } finally {
      this.schedule.jobEnded();
    }
  }

  @HandlesJob('mail', 'poke')
  async poke(): Promise<void> {
    await this.schedule.tick();
  }
}
