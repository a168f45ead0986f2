import { Controller, Get, Header } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { MailFlowReader, mailHealth } from '#delivery';
import { Fault } from '#faults';
import { Public } from '../http/access.guard.js';
import { LedgerMetrics } from './ledger-metrics.js';

const registry = new Registry();
collectDefaultMetrics({ register: registry });

class HealthDto {
  status: 'ok';
}

class MailHealthDto {
  /** ok; stopped: no worker has looked for due messages for 30 s; refused: the mail server takes no mail */
  @ApiProperty({ enum: ['ok', 'stopped', 'refused'] })
  status: 'ok' | 'stopped' | 'refused';

  /** When a worker last looked for due messages; null before the first time */
  lastSweepAt: Date | null;
}

class ReadinessDto extends HealthDto {
  mail: MailHealthDto;
}

/** What an operator's tools ask for. */
@ApiTags('Operations')
@Controller()
@Public()
export class OperationsController {
  constructor(
    private readonly ledger: LedgerMetrics,
    private readonly flow: MailFlowReader,
  ) {}

  /** The process is alive */
  @Get('health/live')
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers. Mail is the workers' work, so it does not make this process unready */
  @Get('health/ready')
  async ready(): Promise<ReadinessDto> {
    const flow = await this.flow.now().catch(() => {
      throw new Fault('unavailable', 'database_unavailable', 'The database does not answer.');
    });
    return { status: 'ok', mail: { status: mailHealth(flow), lastSweepAt: flow.sweptAt } };
  }

  /** Prometheus metrics of the process, the message ledger and the queues */
  @Get('metrics')
  @Header('Content-Type', registry.contentType)
  async metrics(): Promise<string> {
    return `${await registry.metrics()}\n${await this.ledger.text()}`;
  }
}
