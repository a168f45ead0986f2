/** What a mail server says about one recipient (RFC 3464 §2.3). */
export interface RecipientReport {
  /** Lower-case. */
  email: string;
  action: string;
  /** Enhanced status code (RFC 3463), such as `5.1.1`. */
  status: string;
  /** What the server said, else the status code. */
  diagnostic: string;
}

export interface DeliveryReport {
  recipients: RecipientReport[];
  /** Id of the message it is about, where its Message-ID is one of ours and stands somewhere in the report. */
  messageId: string | null;
}

type Fields = ReadonlyMap<string, string>;

/** The local part of our Message-IDs is the message's id. */
const OUR_MESSAGE_ID = /<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i;
const STATUS_PART = /^content-type:\s*message\/delivery-status\b/im;

/**
 * Reads a delivery status notification: the message/delivery-status part alone, or a whole multipart/report that has it.
 * Recipients without address, action and status are left out; an answer without recipients is no report.
 */
export function readDeliveryReport(text: string): DeliveryReport {
  const groups = statusPart(text.replace(/\r\n?/g, '\n'))
    .split(/\n[ \t]*\n/)
    .map(fieldsOf);
  return {
    recipients: groups.flatMap((fields) => recipientOf(fields) ?? []),
    messageId: OUR_MESSAGE_ID.exec(text)?.[1]?.toLowerCase() ?? null,
  };
}

/** Without a part of that type the text is taken for the part itself. */
function statusPart(text: string): string {
  const at = STATUS_PART.exec(text)?.index;
  if (at === undefined) return text;
  const body = text.slice(text.indexOf('\n\n', at) + 2);
  const end = body.search(/^--\S/m);
  return end < 0 ? body : body.slice(0, end);
}

/** Header fields by lower-case name, continued lines joined (RFC 5322 §2.2.3); the first of a name counts. */
function fieldsOf(group: string): Fields {
  const fields = new Map<string, string>();
  for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name && value && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

function recipientOf(fields: Fields): RecipientReport | undefined {
  const email = addressOf(fields.get('final-recipient')) ?? addressOf(fields.get('original-recipient'));
  const action = fields.get('action')?.toLowerCase();
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1];
  if (!email || !action || !status) return undefined;
  const diagnostic = fields.get('diagnostic-code')?.replace(/^\w+;\s*/, '') ?? status;
  return { email, action, status, diagnostic: diagnostic.slice(0, 500) };
}

/** `rfc822; somebody@example.com` */
const addressOf = (value: string | undefined): string | undefined =>
  /(?:^|;)\s*<?([^\s;<>]+@[^\s;<>]+?)>?$/.exec(value ?? '')?.[1]?.toLowerCase();

/** 5.1.x but for 5.1.7 and 5.1.8, which are about the sender (RFC 3463 §3.2). */
export const isBadAddressCode = (status: string): boolean => /^5\.1\.(?![78]$)\d{1,3}$/.test(status);
