import { Injectable } from '@nestjs/common';
import { AuditedStore, AuditTrail } from '#audit';
import { Database, Transactional } from '#database';
import { NotFound } from '#faults';
import { MailLinks } from './mail-links.js';
import { Suppression, type SuppressionSource } from './suppression.entity.js';

export interface SuppressionInput {
  email: string;
  reason: string;
  /** `staff` when absent. */
  source?: SuppressionSource;
}

/** Addresses that must not be mailed. */
@Injectable()
export class SuppressionsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly trail: AuditTrail,
    private readonly links: MailLinks,
  ) {}

  /** Suppresses an address and everything still planned for it; an address that is suppressed already stays as it is. */
  @Transactional()
  async add({ email, reason, source = 'staff' }: SuppressionInput): Promise<Suppression> {
    const address = email.trim().toLowerCase();
    await this.database.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`suppression:${address}`]);
    const known = await this.database.manager.findOneBy(Suppression, { email: address });
    if (known) return known;
    const suppression = await this.store.insert(Suppression, { email: address, reason, source });
    await this.database.query(SUPPRESS_PLANNED, [address]);
    return suppression;
  }

  /** The address may be mailed again; what was suppressed meanwhile stays unsent. Throws NotFound. */
  @Transactional()
  async remove(id: string): Promise<void> {
    const suppression = await this.database.manager.findOneBy(Suppression, { id });
    if (!suppression) throw new NotFound('suppression', id);
    await this.database.manager.delete(Suppression, { id });
    const { email, reason, source } = suppression;
    await this.trail.record({
      action: 'removed',
      subjectType: Suppression.noun,
      aboutId: id,
      before: { email, reason, source },
    });
  }

  /** For the page and the one-click target of List-Unsubscribe. Safe to repeat. Throws BadMailLink, NotFound. */
  @Transactional()
  async unsubscribeByToken(token: string): Promise<Suppression> {
    const id = this.links.messageOf(token);
    const message = await this.database.queryOne<{ email: string }>('SELECT email FROM messages WHERE id = $1', [id]);
    if (!message) throw new NotFound('message', id);
    return this.add({ email: message.email, reason: 'Unsubscribed by the recipient', source: 'unsubscribed' });
  }
}

const SUPPRESS_PLANNED = `
  UPDATE messages SET status = 'suppressed', reason = 'suppressed', lease_until = NULL, version = version + 1, updated_at = now()
  WHERE email = $1 AND status IN ('planned', 'queued')`;
