import { retryDelay, type SmtpError, smtpOutcome } from './smtp-outcome.js';

const failure = (code: string, response = '', command = ''): SmtpError => ({
  message: response || code,
  code,
  command,
  response,
  responseCode: response ? Number(response.slice(0, 3)) : undefined,
});

describe('what became of a mail', () => {
  it.each([
    ['connection refused', failure('ESOCKET'), false, { kind: 'retry', unreachable: true }],
    [
      'greeting refused',
      failure('EPROTOCOL', '554 5.3.2 go away', 'CONN'),
      false,
      { kind: 'retry', unreachable: true },
    ],
    ['password refused', failure('EAUTH', '535 5.7.8 no', 'AUTH PLAIN'), false, { kind: 'retry', unreachable: true }],
    ['greylisted', failure('EENVELOPE', '450 4.2.0 later', 'RCPT TO'), false, { kind: 'retry', unreachable: false }],
    [
      'turned away with 421',
      failure('ECONNECTION', '421 4.3.2 closing', 'CONN'),
      false,
      { kind: 'retry', unreachable: true },
    ],
    [
      'a full disk after the final dot',
      failure('EMESSAGE', '452 4.3.1 full', 'DATA'),
      true,
      { kind: 'retry', unreachable: false },
    ],
    ['421 after the final dot', failure('ECONNECTION', '421 4.3.2 closing', 'CONN'), true, { kind: 'retry' }],
    ['connection lost before the final dot', failure('ECONNECTION'), false, { kind: 'retry', unreachable: true }],
    ['commands out of sequence', failure('EENVELOPE', '503 5.5.1 bad sequence', 'MAIL FROM'), false, { kind: 'retry' }],
    [
      'no such user',
      failure('EENVELOPE', '550 5.1.1 no such user', 'RCPT TO'),
      false,
      { kind: 'failed', badAddress: true },
    ],
    [
      'no such domain',
      failure('EENVELOPE', '550-5.1.2 no such domain', 'RCPT TO'),
      false,
      { kind: 'failed', badAddress: true },
    ],
    [
      'mailbox full for good',
      failure('EENVELOPE', '552 5.2.2 full', 'RCPT TO'),
      false,
      { kind: 'failed', badAddress: false },
    ],
    [
      'a refusal without details',
      failure('EENVELOPE', '550 no', 'RCPT TO'),
      false,
      { kind: 'failed', badAddress: false },
    ],
    [
      'a sender refused',
      failure('EENVELOPE', '550 5.1.8 bad sender', 'MAIL FROM'),
      false,
      { kind: 'failed', badAddress: false },
    ],
    [
      'spam, after the final dot',
      failure('EMESSAGE', '550 5.7.1 spam', 'DATA'),
      true,
      { kind: 'failed', badAddress: false },
    ],
    ['too large, by our own check', failure('EMESSAGE'), false, { kind: 'failed', badAddress: false }],
    ['connection lost after the final dot', failure('ECONNECTION'), true, { kind: 'unknown' }],
    ['no answer after the final dot', failure('ETIMEDOUT'), true, { kind: 'unknown' }],
    ['cut off by us after the final dot', failure('EABORT'), true, { kind: 'unknown' }],
    ['nonsense after the final dot', failure('EMESSAGE', '354 what', 'DATA'), true, { kind: 'unknown' }],
  ])('%s', (_, error, handedOver, outcome) => {
    expect(smtpOutcome(error, handedOver)).toMatchObject(outcome);
  });

  it('is tried again after longer and longer waits, up to an hour, or a minute when the server is away', () => {
    expect([1, 2, 3, 20].map((attempts) => retryDelay(attempts, 5_000, false, 1))).toEqual([
      5_000, 10_000, 20_000, 3_600_000,
    ]);
    expect(retryDelay(20, 5_000, true, 1)).toBe(60_000);
    expect(retryDelay(1, 5_000, false, 0)).toBe(2_500);
  });
});
