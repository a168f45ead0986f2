import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { RELAY } from './mail-line.js';

/** Somebody who asked for fewer mails, and is left alone. */
export interface MailRest {
  /** Recipients' domain; null for the mail server that all mails go through. */
  domain: string | null;
  /** Seconds until it is tried again; 0 while that is being tried. */
  seconds: number;
  /** How often in a row it has asked. */
  strikes: number;
}

export interface MailFlow {
  /** When a worker last looked for due messages; null before the first time. */
  sweptAt: Date | null;
  /** Seconds since then. */
  sweptAgo: number | null;
  /** Longest rests first, the mail server before all; no more than 50. */
  rests: MailRest[];
}

/** Workers look every second; who has not for so many seconds has stopped. */
const STOPPED = 30;

/** Whether mail goes out: `stopped` while no worker looks for due messages, `refused` while the mail server takes none. */
export function mailHealth({ sweptAgo, rests }: MailFlow): 'ok' | 'stopped' | 'refused' {
  if (sweptAgo === null || sweptAgo > STOPPED) return 'stopped';
  return rests.some(({ domain }) => domain === null) ? 'refused' : 'ok';
}

/** Answers about the way of mails out of the house, as all workers see it. */
@Injectable()
export class MailFlowReader {
  constructor(private readonly database: Database) {}

  async now(): Promise<MailFlow> {
    const rests = await this.database.query<MailRest>(RESTS);
    const swept = await this.database.queryOne<Pick<MailFlow, 'sweptAt' | 'sweptAgo'>>(SWEPT);
    return { sweptAt: swept?.sweptAt ?? null, sweptAgo: swept?.sweptAgo ?? null, rests };
  }
}

const RESTS = `
  SELECT nullif(domain, '${RELAY}') AS domain, strikes, greatest(0, extract(epoch FROM until - now()))::float8 AS seconds
  FROM mail_rests ORDER BY domain <> '${RELAY}', until DESC, domain LIMIT 50`;

const SWEPT = `
  SELECT swept_at AS "sweptAt", greatest(0, extract(epoch FROM now() - swept_at))::float8 AS "sweptAgo" FROM mail_sweeps`;
