import { CONCURRENCY, DeliveryGround, FAST } from '../support/delivery-ground.js';
import { FULL } from '../support/fault-mode.js';
import { FAULT_ENGINES } from '../support/queue-engines.js';
import type { Misbehaviour } from '../support/smtp-sink.js';

jest.setTimeout(300_000);

const COPIES = FULL ? 40 : 4;

interface Case {
  /** Whom it happens to: `greylisted0@greylisted.example` … Each has a domain, since one that fails is left alone for a while. */
  name: string;
  fault: Misbehaviour;
  /** It happens to the first attempts only. */
  attempts?: number;
  ends: 'sent' | 'failed' | 'unknown';
}

const recipient = 'recipient' as const;
const dot = 'final dot' as const;

/** What a mail server may do to one mail, and how its message has to end. */
const CASES: Case[] = [
  { name: 'plain', fault: {}, ends: 'sent' },
  {
    name: 'greylisted',
    fault: { refusal: { at: recipient, code: 451, text: '4.7.1 Try again' } },
    attempts: 1,
    ends: 'sent',
  },
  {
    name: 'full',
    fault: { refusal: { at: recipient, code: 452, text: '4.2.2 Mailbox full' } },
    attempts: 3,
    ends: 'sent',
  },
  {
    name: 'busy',
    fault: { refusal: { at: recipient, code: 421, text: '4.3.2 Going down' } },
    attempts: 2,
    ends: 'sent',
  },
  { name: 'busylate', fault: { refusal: { at: dot, code: 421, text: '4.3.2 Going down' } }, attempts: 1, ends: 'sent' },
  { name: 'later', fault: { refusal: { at: dot, code: 450, text: '4.7.0 Not now' } }, attempts: 1, ends: 'sent' },
  { name: 'nobody', fault: { refusal: { at: recipient, code: 550, text: '5.1.1 No such user' } }, ends: 'failed' },
  { name: 'unwanted', fault: { refusal: { at: dot, code: 554, text: '5.7.1 Spam' } }, ends: 'failed' },
  { name: 'slow', fault: { slow: 700 }, ends: 'sent' },
  { name: 'slower', fault: { slow: FAST.sendingLease }, attempts: 1, ends: 'sent' },
  { name: 'cut', fault: { drop: 'at the recipient' }, attempts: 1, ends: 'sent' },
  { name: 'reset', fault: { drop: 'at the recipient', reset: true }, attempts: 2, ends: 'sent' },
  { name: 'mute', fault: { drop: 'after the final dot' }, ends: 'unknown' },
  { name: 'mutetaken', fault: { drop: 'after the final dot, taken' }, ends: 'unknown' },
  { name: 'mutereset', fault: { drop: 'after the final dot, taken', reset: true }, ends: 'unknown' },
  { name: 'hasty', fault: { drop: 'after 250' }, ends: 'sent' },
];

/** What happens to the first attempt at a mail that is longer than all buffers between the two, so that its dot cannot be on its way yet. */
const LONG_CASES: Case[] = [
  { name: 'halfreset', fault: { drop: 'before the final dot', reset: true }, ends: 'sent' },
  { name: 'halfway', fault: { drop: 'before the final dot' }, ends: 'sent' },
];
const LONG = { title: 'Long', lines: Array.from({ length: 60 }, (_, i) => `${i} ${'long '.repeat(10_000)}`) };
const LONG_LEASE = 60_000;

const nameOf = (address: string): string => address.replace(/\d*@.*/, '');

describe.each(FAULT_ENGINES)('a mail server that misbehaves, with the queue on $name', (engine) => {
  let ground: DeliveryGround;
  beforeAll(async () => void (ground = await DeliveryGround.start(engine)));
  afterAll(() => ground?.stop());
  afterEach(() => ground.clear());

  const byName = (one: { name?: unknown }, other: { name?: unknown }) =>
    String(one.name) < String(other.name) ? -1 : 1;

  const endings = async () => {
    const ended = await ground.sql(
      `SELECT DISTINCT regexp_replace(email, '\\d*@.*', '') AS name, status AS ends FROM messages`,
    );
    return ended.sort(byName);
  };

  it('in every way at once: each message ends as it has to, and none goes twice', async () => {
    ground.sink.misbehave = (address, attempt) => {
      const found = CASES.find(({ name }) => name === nameOf(address));
      return attempt <= (found?.attempts ?? Infinity) ? found?.fault : undefined;
    };
    await ground.plan(
      CASES.flatMap(({ name }) => Array.from({ length: COPIES }, (_, i) => `${name}${i}@${name}.example`)),
    );
    await ground.worker({ concurrency: 4 * CONCURRENCY });
    await ground.settled();
    expect(await endings()).toEqual(CASES.map(({ name, ends }) => ({ name, ends })).sort(byName));
    const suppressed = await ground.sql('SELECT DISTINCT email FROM suppressions ORDER BY email');
    expect(suppressed.map(({ email }) => nameOf(String(email)))).toEqual(
      Array.from({ length: COPIES }, () => 'nobody'),
    );
    await ground.prove();
  });

  it('by hanging up in the middle of a long text: it comes again, whole, and once', async () => {
    ground.sink.misbehave = (address, attempt) =>
      attempt === 1 ? LONG_CASES.find(({ name }) => name === nameOf(address))?.fault : undefined;
    await ground.plan(
      LONG_CASES.map(({ name }) => `${name}@${name}.example`),
      { data: LONG },
    );
    // Nobody waits for the lease here, and such a text takes its time on a busy machine.
    await ground.worker({ delivery: { ...FAST, sendingLease: LONG_LEASE } });
    await ground.settled();
    expect(await endings()).toEqual(LONG_CASES.map(({ name, ends }) => ({ name, ends })));
    await ground.prove({ lease: LONG_LEASE });
  });

  it('to everybody: it is away, then too busy to greet, then resets every connection, and takes all of it in the end', async () => {
    const total = 5 * COPIES;
    await ground.sink.stop();
    await ground.worker();
    await ground.plan(total);
    const tried = async (times: number) => {
      const [row] = await ground.sql('SELECT count(*)::int AS tried FROM messages WHERE attempts >= $1', [times]);
      return row?.tried === total;
    };
    await ground.eventually(() => tried(1));
    let greetings = 0;
    ground.sink.onConnection = () => (++greetings, { code: 421, text: '4.3.2 Too many connections' });
    await ground.sink.start();
    await ground.eventually(() => greetings >= total);
    ground.sink.onConnection = () => undefined;
    ground.sink.misbehave = (_address, attempt) =>
      attempt === 1 ? { drop: 'at the recipient', reset: true } : undefined;
    const { sent } = await ground.settled();
    expect(sent).toBe(total);
    await ground.prove();
  });
});
