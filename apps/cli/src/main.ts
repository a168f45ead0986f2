import { Command, Option } from 'commander';
import { ConfigError } from '#config';
import { DataDirInUseError, EmbeddedPostgresError } from '#database';
import { ApiProblem } from './api-client.js';
import { demo } from './demo/demo.command.js';
import { addMapping, importFile } from './import.command.js';
import { migrate } from './migrate.command.js';
import { up } from './up.command.js';
import { addUser } from './user.command.js';

const program = new Command('chamberlain').description('Event and deal-flow CRM of a chamber of commerce');

program.command('up').description('Start everything: database, mailbox, API and worker, until Ctrl-C').action(up);
program.command('demo').description('Start everything and tell the story of the March 2026 conference').action(demo);
program
  .command('migrate')
  .description('Bring DATABASE_URL up to date and make the first administrator')
  .action(migrate);

/** Options of the commands that speak to a running Chamberlain. */
const remote = (command: Command): Command =>
  command
    .addOption(
      new Option('--url <url>', 'address of the running Chamberlain')
        .env('CHAMBERLAIN_URL')
        .default('http://localhost:3000'),
    )
    .addOption(new Option('--api-key <key>', 'API key').env('CHAMBERLAIN_API_KEY'))
    .addOption(new Option('--email <address>', 'your address').env('ADMIN_EMAIL'))
    .addOption(new Option('--password <password>', 'your password').env('ADMIN_PASSWORD'));

remote(program.command('import [file]').description('Import a members list (CSV), or take an import back'))
  .addOption(
    new Option('--mode <mode>', 'what may happen to what is there already')
      .choices(['upsert', 'create', 'update', 'fill'])
      .default('upsert'),
  )
  .option('--encoding <name>', 'instead of finding it out: utf-8, utf-16le, windows-1251, windows-1252, windows-1254 …')
  .option('--delimiter <character>', 'instead of finding it out')
  .option(
    '--mapping <header=field>',
    'which field a column holds, none to leave it out; repeat it for more',
    addMapping,
  )
  .addOption(new Option('--date-order <order>', 'how dates like 03/04/2026 are meant').choices(['dmy', 'mdy', 'ymd']))
  .option('--dry-run', 'analyse only, write nothing')
  .option('--revert <id>', 'take back what an import has written, but for what people have changed since')
  .action(importFile);

remote(program.command('user <address>').description('Let somebody in'))
  .requiredOption('--name <name>', 'name shown to others')
  .addOption(new Option('--role <role>').choices(['admin', 'manager', 'staff', 'viewer']).default('staff'))
  .option('--new-password <password>', 'password of the new user, at least 10 characters')
  .action(addUser);

/** Faults a person can mend are told in their own words; everything else with its trace. */
function tell(error: unknown): string {
  const expected = [ConfigError, DataDirInUseError, EmbeddedPostgresError, ApiProblem].some(
    (type) => error instanceof type,
  );
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    return `${error.message}. Set PORT to another one, or stop what uses it.`;
  return error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
}

program.parseAsync().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${tell(error)}\n`);
    process.exit(1);
  },
);
