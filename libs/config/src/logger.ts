import { ConsoleLogger, type LogLevel as NestLogLevel } from '@nestjs/common';
import { type Config, LOG_LEVELS } from './config.js';

/** Logs to standard output: lines for people, or one JSON object per line in production. */
export function appLogger(config: Pick<Config, 'environment' | 'logLevel'>): ConsoleLogger {
  const levels: NestLogLevel[] = LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(config.logLevel) + 1);
  return new AppLogger({
    json: config.environment === 'production',
    logLevels: levels,
    colors: process.stdout.isTTY === true,
  });
}

class AppLogger extends ConsoleLogger {
  /** API and worker may share a process, each with a pool of its own; that both are called "default" is no fault. */
  override warn(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) !== 'DataSourceNameRegistry') super.warn(message, ...(rest as [string?]));
  }
}
