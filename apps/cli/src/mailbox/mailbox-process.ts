/** What the parent passes as the only argument. */
export interface MailboxSettings {
  smtpPort: number;
  webPort: number;
  directory: string;
}

/** Mails kept; the oldest make room. */
const KEPT = 5_000;

/** An open page keeps its connection; it is waited for no longer than these milliseconds. */
const LINGER = 2_000;

/** Runs the mailbox until the parent lets go of the channel between us, which it does even when it is killed. */
async function main(): Promise<void> {
  const { smtpPort, webPort, directory } = JSON.parse(process.argv[2] ?? '{}') as MailboxSettings;
  // maildev is an ES module without a require() entry.
  const { MailDev } = await import('maildev');
  const mailbox = new MailDev({
    smtp: smtpPort,
    ip: '127.0.0.1',
    web: webPort,
    webIp: '127.0.0.1',
    mailDirectory: directory,
    maxEmails: KEPT,
    silent: true,
  });
  // Ctrl-C in a terminal reaches us too; the parent still has mails to send and ends us when it is done.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => {
    setTimeout(() => process.exit(), LINGER);
    void mailbox.stop().finally(() => process.exit());
  });
  await mailbox.start();
  process.send?.('ready');
}

main().catch((error: unknown) => {
  process.send?.(String(error));
  process.exit(1);
});
