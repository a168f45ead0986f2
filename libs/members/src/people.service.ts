import { Injectable } from '@nestjs/common';
import { AuditedStore, definedOnly } from '#audit';
import { Database, Transactional } from '#database';
import { MessagesService } from '#messaging';
import { personKeys } from './keys.js';
import { demandNotMerged } from './merged-records.js';
import { Person } from './person.entity.js';

export interface PersonInput {
  fullName: string;
  honorific?: string | null;
  nativeName?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  aliases?: string[];
  email?: string | null;
  otherEmails?: string[];
  phone?: string | null;
  country?: string | null;
  locale?: string | null;
  timeZone?: string | null;
  notes?: string | null;
}

@Injectable()
export class PeopleService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly messages: MessagesService,
  ) {}

  @Transactional()
  async create(input: PersonInput): Promise<Person> {
    return this.store.insert(Person, { ...lowerCased(input), ...personKeys(input) });
  }

  /** Mail that waits follows a new address. Throws NotFound, Stale. */
  @Transactional()
  async update(id: string, patch: Partial<PersonInput>, version?: number): Promise<Person> {
    const person = await this.store.lock(Person, id, version);
    const address = person.email;
    const updated = await this.store.update(Person, person, {
      ...lowerCased(patch),
      ...personKeys({ ...person, ...definedOnly(patch) }),
    });
    if (address && address !== updated.email)
      await this.messages.readdress({ personId: id, from: address, to: updated.email });
    return updated;
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(Person, id, version);
  }

  /** Puts an archived person back into the lists; all that points at them has stayed. Throws NotFound, NotArchived, MergedAway. */
  @Transactional()
  async restore(id: string): Promise<void> {
    await demandNotMerged(this.database, id);
    await this.store.restore(Person, id);
  }
}

/** Addresses are compared without regard to case, so they are kept in one. */
const lowerCased = <T extends Partial<PersonInput>>(input: T): T => ({
  ...input,
  ...(input.email != null && { email: input.email.toLowerCase() }),
  ...(input.otherEmails && { otherEmails: [...new Set(input.otherEmails.map((email) => email.toLowerCase()))] }),
});
