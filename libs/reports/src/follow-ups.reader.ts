import { Inject, Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { CONFIG, type Config, houseTimeZone } from '#config';
import { currentActor, Database } from '#database';
import { NotFound } from '#faults';
import { EventParts, visibleSql } from '#records';
import { dayIn, me } from '#tasks';
import { partsSql } from './event-outcome.sql.js';
import { byCounterpartSql, byOwnerSql } from './follow-ups.sql.js';
import {
  type FollowUpsByCounterpart,
  type FollowUpsByOwner,
  type FollowUpsRequest,
  MOST_GROUPS,
} from './follow-ups.js';

/** A day in a zone, as the SQL takes it; `zone` is another where the one of that name does not exist. */
interface ZoneDay {
  name: string;
  zone: string;
  day: string;
  tomorrow: Date;
  horizon: Date;
  /** When the day begins before which something is to be due. */
  before: Date | null;
}

/** What is to be done, by who is to do it and by who has promised it, as far as the caller may know. */
@Injectable()
export class FollowUpsReader {
  constructor(
    private readonly database: Database,
    private readonly parts: EventParts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Today is that of each user; for what is nobody's, that of the house. Throws NotFound for an event the caller may not know of. */
  async byOwner(request: FollowUpsRequest): Promise<FollowUpsByOwner> {
    const now = await this.database.now();
    const zones = JSON.stringify(await this.zones(now, request.dueBefore));
    const parameters = [...(await this.parameters(request, now)), zones, this.houseZone];
    return this.ask<FollowUpsByOwner>(byOwnerSql(currentActor()), parameters);
  }

  /** Each promise with both its parties. Throws NotFound for an event the caller may not know of. */
  async byCounterpart(request: FollowUpsRequest): Promise<FollowUpsByCounterpart> {
    const parameters = await this.parameters(request, await this.database.now());
    return this.ask<FollowUpsByCounterpart>(byCounterpartSql(currentActor()), parameters);
  }

  /** SQL that answers one row, whatever there is. */
  private async ask<Report>(sql: string, parameters: unknown[]): Promise<Report> {
    const [report] = await this.database.query<Report>(sql, parameters);
    return report as Report;
  }

  private async parameters({ eventId, ownerId, dueBefore, items }: FollowUpsRequest, now: Date): Promise<unknown[]> {
    const parts = eventId === undefined ? null : await this.partsOf(eventId);
    const user = ownerId === undefined || ownerId === 'none' ? null : me(ownerId);
    return [now, parts, user, ownerId === 'none', dueBefore ?? null, items, MOST_GROUPS];
  }

  private async partsOf(eventId: string): Promise<string[]> {
    const actor = currentActor();
    const known = `SELECT FROM records v WHERE v.id = $1 AND ${visibleSql('v', actor)}`;
    if (!(await this.database.queryOne(known, [eventId]))) throw new NotFound('event', eventId);
    const row = await this.database.queryOne<{ parts: string[] }>(partsSql(this.parts.pairsSql(), actor), [eventId]);
    return row?.parts ?? [];
  }

  private async zones(now: Date, dueBefore?: string): Promise<ZoneDay[]> {
    const rows = await this.database.query<{ name: string }>('SELECT DISTINCT time_zone AS name FROM users');
    return [...new Set([this.houseZone, ...rows.map(({ name }) => name)])].map((name) => {
      const { timeZone: zone, day, tomorrow, horizon } = dayIn(name, now);
      return {
        name,
        zone,
        day,
        tomorrow,
        horizon,
        before: dueBefore === undefined ? null : beginning(dueBefore, zone),
      };
    });
  }

  private get houseZone(): string {
    return houseTimeZone(this.config);
  }
}

const beginning = (day: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);
