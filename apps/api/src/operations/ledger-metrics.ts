import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { inScope, SYSTEM } from '#database';
import { MESSAGE_STATUSES, type MessageCounts, MessagesReader } from '#messaging';
import { JobQueues, QUEUE_NAMES } from '#queue';

/** What an operator watches about mail and queues, asked of the ledger and the engine when it is scraped. */
@Injectable()
export class LedgerMetrics {
  private readonly registry = new Registry();
  private asking?: Promise<MessageCounts>;

  constructor(
    private readonly messages: MessagesReader,
    private readonly queues: JobQueues,
  ) {
    this.gauge('chamberlain_messages', 'Messages in the ledger by status', ['status'], async (gauge) => {
      const counts = await this.counts();
      for (const status of MESSAGE_STATUSES) gauge.set({ status }, counts[status]);
    });
    const lag = 'Seconds for which the message that waits longest has been due';
    this.gauge('chamberlain_message_due_lag_seconds', lag, [], async (gauge) =>
      gauge.set((await this.counts()).dueLag),
    );
    const depth = 'Jobs that wait or run; -1 while the queue engine does not answer';
    this.gauge('chamberlain_queue_jobs', depth, ['queue'], async (gauge) => {
      // An engine that is down must not hide the ledger's figures, which are in the database.
      const depths = await Promise.all(QUEUE_NAMES.map((queue) => this.queues.depth(queue).catch(() => -1)));
      QUEUE_NAMES.forEach((queue, index) => gauge.set({ queue }, depths[index] ?? -1));
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

  /** Two gauges of one scrape share one question. */
  private counts(): Promise<MessageCounts> {
    this.asking ??= inScope({ actor: SYSTEM }, () => this.messages.counts()).finally(() => (this.asking = undefined));
    return this.asking;
  }
}
