import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Database } from '#database';
import { Fault } from '#faults';
import { Public } from '../http/access.guard.js';
import { LedgerMetrics } from './ledger-metrics.js';

const registry = new Registry();
collectDefaultMetrics({ register: registry });

class HealthDto {
  status: 'ok';
}

/** What an operator's tools ask for. */
@ApiTags('Operations')
@Controller()
@Public()
export class OperationsController {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerMetrics,
  ) {}

  /** The process is alive */
  @Get('health/live')
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers */
  @Get('health/ready')
  async ready(): Promise<HealthDto> {
    await this.database.query('SELECT 1').catch(() => {
      throw new Fault('unavailable', 'database_unavailable', 'The database does not answer.');
    });
    return { status: 'ok' };
  }

  /** Prometheus metrics of the process, the message ledger and the queues */
  @Get('metrics')
  @Header('Content-Type', registry.contentType)
  async metrics(): Promise<string> {
    return `${await registry.metrics()}\n${await this.ledger.text()}`;
  }
}
