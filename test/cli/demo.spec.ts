import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliProcess, startCli } from '../support/cli-process.js';

jest.setTimeout(180_000);

/** The numbers of the ledger's line. */
function ledgerOf(output: string) {
  const [, planned, sent, cancelled, suppressed, failed, unknown, due] =
    /(\d+) planned = (\d+) sent \+ (\d+) cancelled \+ (\d+) suppressed \+ (\d+) failed \+ (\d+) unknown \+ (\d+) still due/
      .exec(output)
      ?.map(Number) ?? [];
  return {
    planned,
    sent,
    /** Everything that was not sent. */
    rest: [cancelled, suppressed, failed, unknown, due].reduce((sum: number, count) => sum + (count ?? 0), 0),
    failed,
    unknown,
  };
}

/** What there is to look at, with ids that a second run must find again. */
const told = (output: string): string[] => output.match(/\/v1\/(deals|reports|organizations)\/\S+/g) ?? [];

describe('chamberlain demo', () => {
  let dataDir: string;
  let first: string;

  const tell = async (): Promise<string> => {
    const demo: CliProcess = startCli(['demo'], { DATA_DIR: dataDir, PORT: '0' });
    await demo.until(/Everything stays up until Ctrl-C/);
    const mailbox = (await demo.until(/Mailbox {5}(http:\S+)/))[1] ?? '';
    const mails = (await (await fetch(`${mailbox}/api/email`)).json()) as unknown[];
    demo.child.kill('SIGINT');
    expect(await demo.ended).toBe(0);
    return `${demo.output()}\n${mails.length} mails in the mailbox`;
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'chamberlain-demo-'));
    chmodSync(dataDir, 0o755);
    first = await tell();
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('imports the members list and points at the rows that were broken on purpose', () => {
    expect(first).toContain('completed: 497 total, 481 created, 0 updated, 1 unchanged, 0 skipped, 15 failed');
    expect(first).toMatch(/row 58: .*2026-02-30/);
  });

  it('keeps both titles the press gave Jeffrey Kessler, and apart who must stay apart', () => {
    expect(first).toContain('Jeffrey Kessler: Deputy Under Secretary for Industry and Security');
    expect(first).toContain('Jeffrey Kessler: Under Secretary for Industry and Security');
    expect(first).toContain('Elnur Aliyev ≠ Ilham Aliyev');
  });

  it('logs nine meetings and hands every mail that is due to the mailbox, once', () => {
    const ledger = ledgerOf(first);
    expect(first).toContain('9 logged with a follow-up task each');
    // What is still due are the renewal reminders of the months to come.
    expect(ledger).toMatchObject({ planned: (ledger.sent ?? 0) + ledger.rest, failed: 0, unknown: 0 });
    expect(first).toContain(`${ledger.sent} mails in the mailbox`);
    expect(ledger.sent).toBeGreaterThan(40);
  });

  it('follows deals as far as the reports lead, and claims nothing of an MoU but that it was signed', () => {
    expect(first).toContain('2 spoken of in the reports, 0 with a value');
    expect(first).toMatch(
      /MoU of .+: signed on a day that nobody reported \(“Within the framework of the visit”\); related to /,
    );
    expect(first).toContain('Peace agreement text: initialed, which is not signed');
    expect(first).toMatch(/how it came about +GET http:\S+\/v1\/deals\/[\da-f-]{36}\/lineage/);
  });

  it('shows how deals came about: a real one without a value, a made-up one up to its grants', () => {
    expect(first).toMatch(/MoU of .+ · evidence of · lead → qualified/);
    expect(first).toContain('agreements: 1 linked, 0 signed there');
    expect(first).toContain('deals: 0 originated, 1 only mentioned; no value is known');
    expect(first).toContain(
      'reverse trade mission by Example Trade Mission Fund · paid for · Demo: civil nuclear reverse trade mission',
    );
    // The reactor is open and the training won; the last touch of the reactor was a call outside any event, one touch of four.
    expect(first).toContain(
      'won 1700000.00 AZN, open 14000000.00 USD; deals credited by first touch 2, by last touch 1, evenly 1.75',
    );
  });

  it('plans a made-up forum: answers, places, a line, reminders, and nobody twice in a room', () => {
    expect(first).toContain('12 accepted, 1 tentative, 3 declined, 19 silent');
    expect(first).toContain('Hall at 11:00 once more: 409 double_booked');
    expect(first).toContain('10 of 10 places taken, 2 in line, 20 reminders planned');
  });

  it('prepares a made-up trade mission whose one-on-ones are solved, proven to be the best, and booked', () => {
    const [, met, asked, score, most, made] =
      /(\d+) of (\d+) one-on-ones asked for can be; score (\d+) of (\d+) at most \(optimal\), (\d+) meetings booked/
        .exec(first)
        ?.map(Number) ?? [];
    expect(asked).toBe(34);
    expect([score, made]).toEqual([most, met]);
    expect(met).toBeGreaterThan(20);
    expect(first).toMatch(/not: .+ with .+ \(priority \d\): \w/);
  });

  it('finds everything on a second run and does nothing twice', async () => {
    const second = await tell();
    expect(second).toContain('0 organizations and 0 people added, 20 and 24 in all');
    expect(second).toContain('0 created, 0 updated, 482 unchanged');
    expect(second).toContain('0 logged with a follow-up task each, 9 known from an earlier run');
    expect(second).toContain('0 invited, 35 invited before');
    expect(second).toContain(
      '12 delegates from Azerbaijan, 10 hosts, three cities; all of it made up, known from an earlier run',
    );
    expect(told(second)).toEqual(told(first));
    // Renewal reminders are planned in the background, maybe after the first run has told its numbers.
    const [before, after] = [ledgerOf(first), ledgerOf(second)];
    expect(after).toMatchObject({ sent: before.sent, failed: 0, unknown: 0 });
    expect(after.planned).toBeGreaterThanOrEqual(before.planned ?? 0);
    expect(second).toContain(`${ledgerOf(first).sent} mails in the mailbox`);
  });
});
