import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { Database } from '#database';
import type { Conference } from './conference.entity.js';
import { ConferencePlaces } from './conference-places.js';
import { ConferenceReminders } from './conference-reminders.js';
import { RegistrationMails } from './registration-mails.js';
import { type Announced, isAnnounced } from './registration.mail.js';

/** What a conference plans to send to those who come; needs the transaction that has changed it. */
@Injectable()
export class ConferencePlans {
  constructor(
    private readonly database: Database,
    private readonly places: ConferencePlaces,
    private readonly reminders: ConferenceReminders,
    private readonly mails: RegistrationMails,
  ) {}

  /** Makes reminders and places fit the conference as it is now; those registered before it was announced hear of it then. */
  async follow(before: Reminding, now: Conference, sessionIds: string[]): Promise<void> {
    const at = await this.database.now();
    if (!isDeepStrictEqual(remindedOf(before), remindedOf(now))) await this.reminders.follow([now.id, ...sessionIds]);
    if (!isAnnounced(before, at) && isAnnounced(now, at)) await this.mails.tellAll(now);
    await this.places.promote(now);
  }
}

/** What reminders depend on. */
type Reminding = Announced & Pick<Conference, 'name' | 'venue' | 'city'>;

const remindedOf = ({ name, status, startsAt, endsAt, datePrecision, timeZone, venue, city }: Reminding) => ({
  name,
  status,
  startsAt,
  endsAt,
  datePrecision,
  timeZone,
  venue,
  city,
});
