import { isBadAddressCode, readDeliveryReport } from './delivery-report.js';

const ID = '01a1ffd7-bd71-74a1-8960-0f00f54dfc81';

const PART = `Reporting-MTA: dns; mx.example.net
X-Original-Message-ID: <${ID}@chamber.example>

Final-Recipient: rfc822; Gone@Example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gone@example.com>:
 user unknown

Original-Recipient: rfc822;slow@example.com
Final-Recipient: rfc822;slow@mail.example.com
Action: delayed
Status: 4.4.1 (connection timed out)
`;

const REPORT = `From: MAILER-DAEMON@mx.example.net
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

Status: this is not a field of the report

--b1
Content-Type: message/delivery-status

${PART}
--b1
Content-Type: text/rfc822-headers

Message-ID: <${ID}@chamber.example>
Subject: Invitation
--b1--
`;

describe('a delivery report', () => {
  it('says what became of each recipient', () => {
    expect(readDeliveryReport(PART)).toEqual({
      messageId: ID,
      recipients: [
        {
          email: 'gone@example.com',
          action: 'failed',
          status: '5.1.1',
          diagnostic: '550 5.1.1 <gone@example.com>: user unknown',
        },
        { email: 'slow@mail.example.com', action: 'delayed', status: '4.4.1', diagnostic: '4.4.1' },
      ],
    });
  });

  it('is found inside the whole mail that brought it, with any line ends', () => {
    const alone = readDeliveryReport(PART);
    expect(readDeliveryReport(REPORT)).toEqual(alone);
    expect(readDeliveryReport(REPORT.replace(/\n/g, '\r\n'))).toEqual(alone);
  });

  it('names no recipients where it is something else', () => {
    expect(readDeliveryReport('Out of office until Monday.').recipients).toEqual([]);
    expect(readDeliveryReport('').recipients).toEqual([]);
    expect(readDeliveryReport('Final-Recipient: rfc822;a@example.com\nAction: failed').recipients).toEqual([]);
  });

  it('knows another sender’s message from ours', () => {
    expect(readDeliveryReport('Message-ID: <20260310.1@mx.example.net>').messageId).toBeNull();
  });

  it('tells a bad address from a bad sender, a full mailbox and a refusal that may pass', () => {
    expect(['5.1.1', '5.1.10', '5.1.2', '5.1.6'].map(isBadAddressCode)).toEqual([true, true, true, true]);
    expect(['5.1.7', '5.1.8', '5.2.2', '4.1.1', '5.7.1'].some(isBadAddressCode)).toBe(false);
  });
});
