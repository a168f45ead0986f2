import { type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { v7 } from 'uuid';
import { AccessModule } from '#access';
import { AuditModule } from '#audit';
import { type Config, ConfigModule, loadConfig } from '#config';
import { Database, DatabaseModule } from '#database';
import { InvitationsModule, InvitationsReader, InvitationResponsesService, InvitationsService } from '#invitations';
import { type MessageInput, MessagesReader, MessagesService, MessagingModule, SuppressionsService } from '#messaging';
import { RemindersModule, RemindersService } from '#reminders';
import { QueueModule } from '#queue';
import { RecordsModule } from '#records';

/** The hub as the API has it: it plans and answers, it does not send. */
export class MessagingContext {
  readonly database: Database;
  readonly reminders: RemindersService;
  readonly messages: MessagesService;
  readonly ledger: MessagesReader;
  readonly invitations: InvitationsService;
  readonly responses: InvitationResponsesService;
  readonly invitationsReader: InvitationsReader;
  readonly suppressions: SuppressionsService;

  private constructor(readonly app: INestApplicationContext) {
    this.database = app.get(Database);
    this.reminders = app.get(RemindersService);
    this.messages = app.get(MessagesService);
    this.ledger = app.get(MessagesReader);
    this.invitations = app.get(InvitationsService);
    this.responses = app.get(InvitationResponsesService);
    this.invitationsReader = app.get(InvitationsReader);
    this.suppressions = app.get(SuppressionsService);
  }

  static async start(
    databaseUrl: string,
    redisUrl?: string,
    { modules = [], ...overrides }: Partial<Config> & { modules?: DynamicModule[] } = {},
  ): Promise<MessagingContext> {
    const config = {
      ...loadConfig({ JWT_SECRET: 'a secret of the tests that is long enough' }),
      ...overrides,
      databaseUrl,
      redisUrl,
    };
    const imports = [
      ConfigModule.forRoot(config),
      DatabaseModule.forRoot(databaseUrl, 4),
      QueueModule.forRoot({ databaseUrl, redisUrl }),
      AuditModule,
      RecordsModule,
      AccessModule,
      MessagingModule,
      RemindersModule,
      InvitationsModule,
      ...modules,
    ];
    const root = { module: class TestRoot {}, imports };
    return new MessagingContext(
      await NestFactory.createApplicationContext(root, { logger: ['error', 'warn'], abortOnError: false }),
    );
  }

  stop(): Promise<void> {
    return this.app.close();
  }

  /** A row of `records`, as a feature's trigger would write it. */
  async record(
    type: string,
    title: string,
    event: { startsAt?: Date; endsAt?: Date; timeZone?: string; place?: string } = {},
  ): Promise<string> {
    const id = v7();
    await this.database.query(
      `INSERT INTO records (id, type, title, search_key, starts_at, ends_at, time_zone, place) VALUES ($1, $2, $3, lower($3), $4, $5, $6, $7)`,
      [id, type, title, event.startsAt, event.endsAt, event.timeZone, event.place],
    );
    return id;
  }

  /** Plans `count` notices that are due now. Answers their ids. */
  async notices(count: number, overrides: Partial<MessageInput> = {}): Promise<string[]> {
    const planned = await this.messages.plan(
      Array.from({ length: count }, (_, i) => ({
        kind: 'notice' as const,
        dedupeKey: `notice:${v7()}`,
        recipient: { email: `guest${i}@example.com`, name: `Guest ${i}` },
        templateKey: 'notice',
        data: { title: `Notice ${i}`, lines: ['Doors open at nine.'] },
        ...overrides,
      })),
    );
    return planned.map(({ id }) => id);
  }

  /** Waits until every message has come to an end, and checks that none is lost on the way. */
  async settled(seconds = 50): Promise<Awaited<ReturnType<MessagesReader['counts']>>> {
    return this.until(({ stillDue }) => stillDue === 0, seconds);
  }

  /** Waits until the counts are as they should be; they must add up at every look. */
  async until(
    fits: (counts: Awaited<ReturnType<MessagesReader['counts']>>) => boolean,
    seconds = 50,
  ): Promise<Awaited<ReturnType<MessagesReader['counts']>>> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const counts = await this.ledger.counts();
      const { total, sent, cancelled, suppressed, failed, unknown, stillDue } = counts;
      if (total !== sent + cancelled + suppressed + failed + unknown + stillDue)
        throw new Error(`Does not add up: ${JSON.stringify(counts)}`);
      if (fits(counts)) return counts;
      if (Date.now() > deadline) throw new Error(`Not there after ${seconds} s: ${JSON.stringify(counts)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
