import { Injectable } from '@nestjs/common';
import { OrganizationsService, PeopleService } from '#members';
import { organizationKey } from '#records';
import { isKnown, type Known, type Missing, type ParticipantDraft, type ResolvedParticipant } from './participant.js';

/** What was added to the directory on the way. */
export interface Created {
  people: { id: string; fullName: string }[];
  organizations: { id: string; name: string }[];
}

/** Adds to the directory who is missing there, with no more than was said: no title, no position, no country. */
@Injectable()
export class MissingPeople {
  constructor(
    private readonly people: PeopleService,
    private readonly organizations: OrganizationsService,
  ) {}

  /** Needs a transaction. */
  async create(participants: ResolvedParticipant[]): Promise<{ drafts: ParticipantDraft[]; created: Created }> {
    const created: Created = { people: [], organizations: [] };
    const drafts: ParticipantDraft[] = [];
    for (const { person, organization, side, role } of participants) {
      const organizationId = await this.organization(organization, created);
      drafts.push({ personId: await this.person(person, created), organizationId, side, role });
    }
    return { drafts, created };
  }

  private async person(person: Known | Missing, created: Created): Promise<string> {
    if (isKnown(person)) return person.id;
    const { id, fullName } = await this.people.create({ fullName: person.missing, email: person.email });
    created.people.push({ id, fullName });
    return id;
  }

  /** Several participants may come from one unknown organization: it is created once. */
  private async organization(organization: Known | Missing | null, created: Created): Promise<string | null> {
    if (organization === null || isKnown(organization)) return organization?.id ?? null;
    const key = organizationKey(organization.missing);
    const before = created.organizations.find((other) => organizationKey(other.name) === key);
    if (before) return before.id;
    const { id, name } = await this.organizations.create({ name: organization.missing, kind: 'other' });
    created.organizations.push({ id, name });
    return id;
  }
}
