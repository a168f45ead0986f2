import { Injectable } from '@nestjs/common';
import { AuditedStore, definedOnly } from '#audit';
import { Database, Transactional } from '#database';
import { MessagesService } from '#messaging';
import { personKeys } from './keys.js';
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
    if (address && address !== updated.email) await this.messages.readdress(id, address, updated.email);
    return updated;
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(Person, id, version);
  }
}

/** Addresses are compared without regard to case, so they are kept in one. */
const lowerCased = <T extends Partial<PersonInput>>(input: T): T => ({
  ...input,
  ...(input.email != null && { email: input.email.toLowerCase() }),
  ...(input.otherEmails && { otherEmails: input.otherEmails.map((email) => email.toLowerCase()) }),
});
