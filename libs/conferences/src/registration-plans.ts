import { Injectable } from '@nestjs/common';
import type { PlannedMessage } from '#messaging';
import type { Conference } from './conference.entity.js';
import { ConferenceReminders } from './conference-reminders.js';
import { RegistrationMails } from './registration-mails.js';

/** What of a registration its mails and reminders go by. */
export interface PlacedRegistration {
  id: string;
  personId: string;
}

/** What somebody who registers is sent: where they stand, and reminders while they have a place. Needs a transaction. */
@Injectable()
export class RegistrationPlans {
  constructor(
    private readonly mails: RegistrationMails,
    private readonly reminders: ConferenceReminders,
  ) {}

  async registered(conference: Conference, { id, personId }: PlacedRegistration): Promise<PlannedMessage[]> {
    return [...(await this.mails.tell(conference, [id])), ...(await this.remind(conference, [personId]))];
  }

  async promoted(conference: Conference, registrations: PlacedRegistration[]): Promise<void> {
    if (registrations.length === 0) return;
    await this.mails.tellPromoted(
      conference,
      registrations.map(({ id }) => id),
    );
    await this.remind(
      conference,
      registrations.map(({ personId }) => personId),
    );
  }

  /** Answers what tells the person of it. */
  async cancelled(conference: Conference, { id, personId }: PlacedRegistration): Promise<PlannedMessage[]> {
    const told = await this.mails.tellCancelled(conference, id);
    await this.remind(conference, [personId]);
    return told;
  }

  private remind(conference: Conference, personIds: string[]): Promise<PlannedMessage[]> {
    return this.reminders.followPeople([conference.id], { personIds });
  }
}
