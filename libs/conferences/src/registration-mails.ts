import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type LedgerEntry, MessageLedger, type PlannedMessage, STOPPABLE, takenBack } from '#messaging';
import { RecordsReader } from '#records';
import type { Conference } from './conference.entity.js';
import {
  isAnnounced,
  isOver,
  type RegistrationFacts,
  registrationMail,
  type RegistrationStep,
  stepKey,
} from './registration.mail.js';

/** Tells people where they stand with a conference, each step once; needs the transaction of the step. */
@Injectable()
export class RegistrationMails {
  constructor(
    private readonly database: Database,
    private readonly ledger: MessageLedger,
    private readonly records: RecordsReader,
  ) {}

  /** The last step of these registrations. A draft tells nobody, until it is published. */
  async tell(conference: Conference, ids: string[]): Promise<PlannedMessage[]> {
    return this.ledger.enter(
      isAnnounced(conference, await this.database.now()) ? await this.lastSteps(conference, ids) : [],
    );
  }

  /** The last step of all registrations, for a conference that people may hear of from now on. */
  async tellAll(conference: Conference): Promise<void> {
    await this.ledger.write(await this.lastSteps(conference, null));
  }

  /** The same for those who got a place just now; that they wait for one need not be said any more. */
  async tellPromoted(conference: Conference, ids: string[]): Promise<PlannedMessage[]> {
    await this.takeBack(ids, ['waitlisted']);
    return this.tell(conference, ids);
  }

  /** Whoever may have been told of a place is told that it is gone; who has not heard of it yet hears nothing. */
  async tellCancelled(conference: Conference, id: string): Promise<PlannedMessage[]> {
    await this.takeBack([id], ['confirmed', 'waitlisted', 'promoted']);
    if (conference.status === 'cancelled' || isOver(conference, await this.database.now())) return [];
    const places = keysOf([id], ['confirmed', 'promoted']);
    const told = await this.database.query<RegistrationFacts>(TOLD, [id, places]);
    return this.ledger.enter(await this.mailsOf(conference, told));
  }

  private async lastSteps(conference: Conference, ids: string[] | null): Promise<LedgerEntry[]> {
    return this.mailsOf(conference, await this.database.query<RegistrationFacts>(STANDING, [conference.id, ids]));
  }

  private async mailsOf(conference: Conference, registrations: RegistrationFacts[]): Promise<LedgerEntry[]> {
    const about = registrations.length > 0 ? await this.records.find(conference.id) : undefined;
    return about ? registrations.map((registration) => registrationMail(conference, about, registration)) : [];
  }

  private async takeBack(ids: string[], steps: RegistrationStep[]): Promise<void> {
    await this.database.query(TAKE_BACK, [keysOf(ids, steps)]);
  }
}

const keysOf = (ids: string[], steps: RegistrationStep[]): string[] =>
  ids.flatMap((id) => steps.map((step) => stepKey(id, step)));

const FACTS = `
  SELECT x.id, x.person_id AS "personId", x.status, x.promoted_at AS "promotedAt", x.code,
    CASE WHEN x.status = 'waitlisted' THEN (SELECT count(*)::int FROM registrations w WHERE w.conference_id = x.conference_id
      AND w.status = 'waitlisted' AND (w.queued_at, w.id) <= (x.queued_at, x.id)) END AS position,
    p.full_name AS name, p.email, p.locale, p.time_zone AS "timeZone"
  FROM registrations x JOIN people p ON p.id = x.person_id`;

const STANDING = `${FACTS}
  WHERE x.conference_id = $1 AND x.status IN ('confirmed', 'waitlisted') AND p.archived_at IS NULL
    AND ($2::uuid[] IS NULL OR x.id = ANY($2))
  ORDER BY x.id`;

/** A mail of which nobody knows whether it went out may have been read. */
const TOLD = `${FACTS}
  WHERE x.id = $1 AND EXISTS (
    SELECT FROM messages m WHERE m.dedupe_key = ANY($2::text[]) AND m.status IN ('sending', 'sent', 'unknown'))`;

const TAKE_BACK = `
  UPDATE messages SET ${takenBack(`'registration_changed'`)} WHERE dedupe_key = ANY($1::text[]) AND ${STOPPABLE}`;
