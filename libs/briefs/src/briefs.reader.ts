import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { currentActor, Database } from '#database';
import { type OrganizationRow, OrganizationsReader, PeopleReader, type PersonRow } from '#members';
import { paperSender, PaperPeopleReader } from '#mission-papers';
import type { SectorLabels } from '#records';
import type { Some } from '#tasks';
import { BriefDealingsReader } from './brief-dealings.reader.js';
import { BriefEventsReader } from './brief-events.reader.js';
import { CHILDREN, CONTACTS, FORMER_TITLES } from './brief-people.sql.js';
import { isOldTitle, standing, USUAL_STALE_AFTER } from './brief-standing.js';
import { warningsOf } from './brief-warnings.js';
import type {
  Brief,
  BriefedContact,
  BriefedIndividual,
  BriefedMembership,
  BriefedOrganization,
  BriefedTitle,
  FormerTitle,
  Named,
} from './brief.js';
import { type FactsParty, PartyFactsReader } from './party-facts.js';

export interface BriefRequest {
  /** ISO 8601 duration, see isStaleAfter. */
  staleAfter?: string;
  /** Whether what an organization’s subsidiaries did counts too; default: yes. */
  subsidiaries?: boolean;
}

type Subject = Pick<Brief, 'organization' | 'person'> & { name: string; sectors: string[] };

/**
 * What to know before meeting somebody, as far as the caller may know: of restricted meetings of others, and what came of them,
 * nothing is told, and nothing counted. A dozen queries, however much there is.
 */
@Injectable()
export class BriefsReader {
  constructor(
    private readonly database: Database,
    private readonly organizations: OrganizationsReader,
    private readonly people: PeopleReader,
    private readonly titled: PaperPeopleReader,
    private readonly facts: PartyFactsReader,
    private readonly events: BriefEventsReader,
    private readonly dealings: BriefDealingsReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Archived ones answer too. Throws NotFound. */
  async organization(id: string, { subsidiaries = true, ...request }: BriefRequest = {}): Promise<Brief> {
    const row = (await this.organizations.get(id, ['parent', 'memberships'])) as OrganizationRow & IncludedOrganization;
    const party = await this.facts.organization(id, subsidiaries);
    const subject = this.organizationFacts(row, party.now);
    return this.brief(party, subject, request, { subsidiaries, organizations: party.organizationIds.length });
  }

  /** Archived ones answer too. Throws NotFound. */
  async person(id: string, request: BriefRequest = {}): Promise<Brief> {
    const row = (await this.people.get(id, ['memberships'])) as PersonRow & IncludedPerson;
    const party = await this.facts.person(id);
    return this.brief(party, this.personFacts(row, party.now), request, { subsidiaries: false, organizations: 0 });
  }

  private async brief(
    party: FactsParty & { now: Date },
    asked: Promise<Subject>,
    { staleAfter = USUAL_STALE_AFTER }: BriefRequest,
    scope: Brief['scope'],
  ): Promise<Brief> {
    const [subject, events, dealings] = await Promise.all([asked, this.events.of(party), this.dealings.of(party)]);
    const { organization, person, name } = subject;
    const known = { organization, person, ...events, ...dealings };
    const state = standing(events.lastContact, staleAfter, party.now);
    return {
      ...known,
      party: { type: party.type, id: party.id, name },
      ...{ scope, standing: state, warnings: warningsOf({ ...known, standing: state }) },
      ...{ madeAt: party.now, preparedFor: currentActor().name },
      sectors: await this.sectors(subject.sectors),
      sender: paperSender(this.config),
      homeTimeZones: this.config.homeTimeZones,
    };
  }

  private async organizationFacts(row: OrganizationRow & IncludedOrganization, now: Date): Promise<Subject> {
    const [children, contacts] = await Promise.all([
      this.database.query<Counted<Named & { kind: string }>>(CHILDREN, [row.id]),
      this.database.query<Counted<Contact>>(CONTACTS, [row.id]),
    ]);
    const people = await this.titled.ofIds(contacts.map(({ id }) => id));
    const withTitles = contacts.flatMap((contact): Counted<BriefedContact>[] => {
      const person = people.get(contact.id);
      return person ? [{ ...person, ...contact, titles: doubted(person.titles, now) }] : [];
    });
    const organization: BriefedOrganization = { ...row, children: some(children), contacts: some(withTitles) };
    return { organization, person: null, name: row.name, sectors: row.sectors };
  }

  private async personFacts(row: PersonRow & IncludedPerson, now: Date): Promise<Subject> {
    const [people, formerTitles] = await Promise.all([
      this.titled.ofIds([row.id]),
      this.database.query<FormerTitle>(FORMER_TITLES, [row.id]),
    ]);
    const person: BriefedIndividual = { ...row, titles: doubted(people.get(row.id)?.titles ?? [], now), formerTitles };
    return { organization: null, person, name: row.fullName, sectors: [] };
  }

  private async sectors(codes: string[]): Promise<Map<string, SectorLabels>> {
    const rows = await this.database.query<{ code: string; labels: SectorLabels }>(
      'SELECT code, labels FROM sectors WHERE code = ANY($1::text[])',
      [codes],
    );
    return new Map(rows.map(({ code, labels }) => [code, labels]));
  }
}

type IncludedOrganization = Pick<BriefedOrganization, 'parent' | 'memberships'>;
interface IncludedPerson {
  memberships: BriefedMembership[];
}
type Contact = Pick<BriefedContact, 'id' | 'email' | 'phone' | 'primary'>;
type Counted<Row> = Row & { count: number };

const some = <Row>(rows: Counted<Row>[]): Some<Row> => ({ count: rows[0]?.count ?? 0, data: rows });

const doubted = (titles: Omit<BriefedTitle, 'doubts'>[], now: Date): BriefedTitle[] =>
  titles.map((title) => ({
    ...title,
    doubts: [...(title.source ? [] : ['no_source' as const]), ...(isOldTitle(title.asOf, now) ? ['old' as const] : [])],
  }));
