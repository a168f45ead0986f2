import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, type Role, Transactional } from '#database';
import { EmailTaken, LastAdmin } from './access.errors.js';
import { hashPassword } from './passwords.js';
import { PrincipalsReader } from './principals.reader.js';
import { randomToken } from './tokens.js';
import { UserChanges } from './user-changes.js';
import { User } from './user.entity.js';

export interface UserInput {
  email: string;
  name: string;
  role: Role;
  timeZone?: string;
  locale?: string;
  /** Whether a digest of tasks is mailed each morning; true when absent. */
  digest?: boolean;
  password?: string;
}

/** A user of the first boot, with the password to be shown once where none was configured. */
export interface FirstAdmin {
  email: string;
  oneTimePassword?: string;
}

/** What mail to a user is made from. */
const MAILED = ['email', 'name', 'locale', 'timeZone'] as const;

@Injectable()
export class UsersService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly principals: PrincipalsReader,
    private readonly changes: UserChanges,
  ) {}

  /** Throws EmailTaken. */
  @Transactional()
  async create(input: UserInput): Promise<User> {
    const { password, email, ...rest } = input;
    await this.demandFree(email);
    return this.store.insert(User, {
      timeZone: 'America/New_York',
      locale: 'en',
      digest: true,
      ...rest,
      email: email.toLowerCase(),
      passwordHash: password === undefined ? null : await hashPassword(password),
    });
  }

  /** A new password or a narrower role ends every session of the user. Throws NotFound, Stale, EmailTaken, LastAdmin. */
  @Transactional()
  async update(id: string, patch: Partial<UserInput>, version?: number): Promise<User> {
    const { password, email, ...rest } = patch;
    const user = await this.store.lock(User, id, version);
    if (email !== undefined && email.toLowerCase() !== user.email) await this.demandFree(email);
    if (user.role === 'admin' && rest.role !== undefined && rest.role !== 'admin') await this.demandOtherAdmin(id);
    if (password !== undefined || rest.role !== undefined) await this.endSessions(id);
    this.forgetAfterCommit(id);
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const before = { ...user };
    await this.store.update(User, user, { ...rest, email: email?.toLowerCase(), passwordHash });
    if (MAILED.some((field) => user[field] !== before[field])) await this.changes.tell(id);
    return user;
  }

  /** The user can no longer sign in; what they did keeps their name. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    const user = await this.store.archive(User, id, version);
    if (user.role === 'admin') await this.demandOtherAdmin(id);
    await this.endSessions(id);
    this.forgetAfterCommit(id);
    await this.changes.tell(id);
  }

  /** Makes the first administrator where there is no user yet; undefined where there is. */
  @Transactional()
  async ensureFirstAdmin(email = 'admin@chamberlain.example', password?: string): Promise<FirstAdmin | undefined> {
    await this.database.query('LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE');
    const [{ any } = { any: true }] = await this.database.query<{ any: boolean }>(
      'SELECT EXISTS (SELECT FROM users) AS any',
    );
    if (any) return undefined;
    const oneTimePassword = password === undefined ? randomToken('first').slice(6, 26) : undefined;
    await this.create({ email, name: 'Administrator', role: 'admin', password: password ?? oneTimePassword });
    return { email, oneTimePassword };
  }

  private forgetAfterCommit(id: string): void {
    this.database.afterCommit(() => Promise.resolve(this.principals.forget(id)));
  }

  private async demandFree(email: string): Promise<void> {
    const taken = await this.database.queryOne('SELECT id FROM users WHERE email = lower($1)', [email]);
    if (taken) throw new EmailTaken(email);
  }

  /** Locks the administrators, so that two cannot step down at the same moment. */
  private async demandOtherAdmin(id: string): Promise<void> {
    const others = await this.database.query(
      `SELECT id FROM users WHERE role = 'admin' AND archived_at IS NULL ORDER BY id FOR UPDATE`,
    );
    if (!others.some((other) => other.id !== id)) throw new LastAdmin();
  }

  private async endSessions(userId: string): Promise<void> {
    await this.database.query('UPDATE sessions SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL', [
      userId,
    ]);
  }
}
