import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { inScope, SYSTEM } from '#database';
import { type MailFlow, MailFlowReader } from '#delivery';
import { MESSAGE_STATUSES, type MessageCounts, MessagesReader } from '#messaging';
import { JobQueues, QUEUE_NAMES } from '#queue';

/** What an operator watches about mail and queues, asked of the ledger and the engine when it is scraped. */
@Injectable()
export class LedgerMetrics {
  private readonly registry = new Registry();
  private asking?: Promise<MessageCounts>;
  private looking?: Promise<MailFlow>;

  constructor(
    private readonly messages: MessagesReader,
    private readonly flow: MailFlowReader,
    private readonly queues: JobQueues,
  ) {
    this.ofLedger();
    this.ofFlow();
    const depth = 'Jobs that wait or run; -1 while the queue engine does not answer';
    this.gauge('chamberlain_queue_jobs', depth, ['queue'], async (gauge) => {
      // An engine that is down must not hide the ledger's figures, which are in the database.
      const depths = await Promise.all(QUEUE_NAMES.map((queue) => this.queues.depth(queue).catch(() => -1)));
      QUEUE_NAMES.forEach((queue, index) => gauge.set({ queue }, depths[index] ?? -1));
    });
  }

  private ofLedger(): void {
    this.gauge('chamberlain_messages', 'Messages in the ledger by status', ['status'], async (gauge) => {
      const counts = await this.counts();
      for (const status of MESSAGE_STATUSES) gauge.set({ status }, counts[status]);
    });
    const attempts = 'Attempts to hand the messages of the ledger over; one that is sent again starts anew';
    this.gauge('chamberlain_message_attempts', attempts, [], async (gauge) =>
      gauge.set((await this.counts()).attempts),
    );
    const lag = 'Seconds for which the message that waits longest has been due';
    this.gauge('chamberlain_message_due_lag_seconds', lag, [], async (gauge) =>
      gauge.set((await this.counts()).dueLag),
    );
  }

  private ofFlow(): void {
    const sweep = 'Seconds since a worker last looked for due messages; -1 before the first time';
    this.gauge('chamberlain_mail_sweep_age_seconds', sweep, [], async (gauge) =>
      gauge.set((await this.state()).sweptAgo ?? -1),
    );
    const refused = '1 while the mail server takes no mail at all, else 0';
    this.gauge('chamberlain_mail_server_refuses', refused, [], async (gauge) =>
      gauge.set((await this.state()).rests.some(({ domain }) => domain === null) ? 1 : 0),
    );
    const resting = 'Seconds for which a domain that asked for fewer mails is still left alone; the 50 longest';
    this.gauge('chamberlain_mail_domain_rest_seconds', resting, ['domain'], async (gauge) => {
      gauge.reset();
      for (const { domain, seconds } of (await this.state()).rests) if (domain) gauge.set({ domain }, seconds);
    });
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private gauge(name: string, help: string, labelNames: string[], measure: (gauge: Gauge) => Promise<void>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect: () => measure(gauge),
    });
  }

  /** The gauges of one scrape share one question. */
  private state(): Promise<MailFlow> {
    this.looking ??= this.flow.now().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private counts(): Promise<MessageCounts> {
    this.asking ??= inScope({ actor: SYSTEM }, () => this.messages.counts()).finally(() => (this.asking = undefined));
    return this.asking;
  }
}
