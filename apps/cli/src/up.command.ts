import { Logger } from '@nestjs/common';
import { appLogger, type Config, loadConfig } from '#config';
import { untilToldToStop } from './lifetime.js';
import { type RunningSystem, startSystem } from './up.js';

/** `chamberlain up`: the whole system until Ctrl-C. */
export async function up(): Promise<void> {
  // Nest's own account of its start would bury ours; LOG_LEVEL=log brings it back.
  const config = loadConfig({ LOG_LEVEL: 'warn', ...process.env });
  Logger.overrideLogger(appLogger(config));
  const started = Date.now();
  const system = await startSystem(config, stopOnLoss);
  process.stdout.write(`${welcome(system, config, Date.now() - started)}\n`);
  await untilToldToStop();
  process.stdout.write('\nStopping…\n');
  await system.close();
}

/** Without its database the program can do nothing; whoever runs it starts it again. */
export function stopOnLoss(error: Error): void {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

function welcome(system: RunningSystem, config: Config, milliseconds: number): string {
  const url = system.api.url.replace('127.0.0.1', 'localhost');
  const login =
    system.firstAdmin &&
    `  Sign in     ${system.firstAdmin.email}${system.firstAdmin.oneTimePassword ? ` / ${system.firstAdmin.oneTimePassword}   (shown this once; change it)` : ''}`;
  return [
    `Chamberlain is ready after ${(milliseconds / 1000).toFixed(1)} s.`,
    `  API         ${url}/v1`,
    `  API docs    ${url}/docs`,
    `  Queue board ${url}/queues`,
    `  Mail        ${system.mailboxUrl ?? 'goes out through SMTP_URL'}`,
    `  Database    ${config.databaseUrl ? 'DATABASE_URL' : `embedded, in ${config.dataDir}`}`,
    ...(login ? [login] : []),
    'Ctrl-C stops everything.',
  ].join('\n');
}
