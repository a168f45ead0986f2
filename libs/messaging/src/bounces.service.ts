import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { BadAddresses } from './bad-addresses.js';
import { isBadAddressCode, readDeliveryReport, type RecipientReport } from './delivery-report.js';
import { NoDeliveryReport } from './messaging.errors.js';

/** What a report led to for one recipient. */
export interface BounceEffect extends RecipientReport {
  /** suppressed: the address is written to no more; noted: the message shows that it came back; ignored: good news, or news that may pass */
  effect: 'suppressed' | 'noted' | 'ignored';
  /** The message that came back, where it is known. */
  messageId: string | null;
}

/** Takes in what mail servers say about mails after they had taken them. */
@Injectable()
export class BouncesService {
  constructor(
    readonly database: Database,
    private readonly badAddresses: BadAddresses,
  ) {}

  /** Safe to repeat: a server may send the same report many times. Throws NoDeliveryReport. */
  @Transactional()
  async take(text: string): Promise<BounceEffect[]> {
    const { recipients, messageId } = readDeliveryReport(text);
    if (recipients.length === 0) throw new NoDeliveryReport();
    const effects: BounceEffect[] = [];
    for (const recipient of recipients) effects.push(await this.one(recipient, messageId));
    return effects;
  }

  private async one(recipient: RecipientReport, named: string | null): Promise<BounceEffect> {
    if (recipient.action !== 'failed') return { ...recipient, effect: 'ignored', messageId: null };
    const { email, status, diagnostic } = recipient;
    const returned = await this.database.queryOne<{ id: string }>(RETURNED, [email, named, `${status}: ${diagnostic}`]);
    const messageId = returned?.id ?? null;
    if (!isBadAddressCode(status)) return { ...recipient, effect: messageId ? 'noted' : 'ignored', messageId };
    await this.badAddresses.report({ email, error: diagnostic, messageId });
    return { ...recipient, effect: 'suppressed', messageId };
  }
}

/** The message it names if that went to this address, else the last one that did within the days a server tries for. */
const RETURNED = `
  WITH returned AS (
    SELECT id FROM messages
    WHERE email = $1 AND status IN ('sent', 'unknown') AND (id = $2::uuid OR sent_at > now() - interval '7 days')
    ORDER BY id = $2::uuid DESC NULLS LAST, sent_at DESC NULLS LAST LIMIT 1),
  noted AS (UPDATE messages m SET bounce = $3, version = m.version + CASE WHEN m.bounce IS DISTINCT FROM $3 THEN 1 ELSE 0 END, updated_at = now()
  FROM returned WHERE m.id = returned.id RETURNING m.id)
  SELECT id FROM noted`;
