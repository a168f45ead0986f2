import type { ImportMode, RowDecision } from '#imports';
import { nameKey } from '#records';
import { Changes } from './import-changes.js';
import { newOrganizationColumns, organizationColumns, personColumns } from './import-keys.js';
import { Outcome } from './import-outcome.js';
import type { ImportPicture } from './import-picture.js';
import { Resolution, type Resolved, RowRefused } from './import-resolution.js';
import type { MemberRow, MembershipValues, Values } from './import-row.js';
import { isSame, type OwnedPlan, type Subject } from './import-subject.js';

/** Title of a contact whose row gives none. */
const CONTACT = 'Contact';

/** Decides what one row after the other writes. */
export class Decider {
  private readonly resolution: Resolution;
  private readonly changes: Changes;

  constructor(
    private readonly picture: ImportPicture,
    private readonly mode: ImportMode,
    header: (field: string) => string | null,
  ) {
    this.resolution = new Resolution(picture, mode, header);
    this.changes = new Changes(picture, mode, header);
  }

  decide(row: MemberRow): RowDecision & { owned: OwnedPlan } {
    const outcome = new Outcome(row);
    const { owned } = outcome;
    try {
      return { ...this.write(outcome, this.resolution.resolve(row)), owned };
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      return { rowNumber: row.rowNumber, verdict: 'error', problems: [error.problem], owned };
    }
  }

  /** Nothing is refused from here on, so that a row is planned as a whole or not at all. */
  private write(outcome: Outcome, resolved: Resolved): RowDecision {
    const { rowNumber } = outcome.row;
    const organization = this.organization(outcome, resolved.organization);
    if (!organization) return { rowNumber, verdict: 'skip', problems: outcome.held };
    const person = this.person(outcome, resolved.person);
    const position = person && this.position(outcome, person, organization);
    const membership = this.membership(outcome, resolved.membership, organization);
    return {
      rowNumber,
      ...outcome.verdict,
      organizationId: organization.id,
      personId: person?.id,
      positionId: position?.id,
      membershipId: membership?.id,
    };
  }

  private organization(outcome: Outcome, found: Subject | undefined): Subject | undefined {
    const { row } = outcome;
    if (found) {
      this.applyOrganization(found, outcome);
      return found;
    }
    const allowed = this.changes.mayCreate(
      'organization',
      'organization_not_found',
      'There is no such organization.',
      outcome,
    );
    if (!allowed) return undefined;
    const assumed = row.organization.kind === undefined ? ['kind'] : [];
    const state = { kind: 'company', ...row.organization, ...newOrganizationColumns(row) };
    return this.changes.create('organization', state, outcome, assumed);
  }

  private applyOrganization(found: Subject, outcome: Outcome): void {
    const { row } = outcome;
    const renamed = found.state.match_key !== row.organizationKey;
    // A name that is another name of the same organization says nothing new.
    const known = renamed && aliasKeysOf(found).includes(row.nameKey);
    const { name, ...rest } = row.organization;
    if (renamed && !known && this.changes.maySet(found, 'name')) keepFormerName(found, outcome);
    this.changes.apply(found, known ? rest : { name, ...rest }, outcome);
    this.changes.rekey(found, organizationColumns, outcome);
  }

  private person(outcome: Outcome, found: Subject | undefined): Subject | undefined {
    const { person: values, emails } = outcome.row;
    if (!values) return undefined;
    if (found) {
      this.applyPerson(found, values, outcome);
      return found;
    }
    const message = `${values.full_name} is not known here.`;
    if (!this.changes.mayCreate('contactName', 'person_not_found', message, outcome)) return undefined;
    const state: Values = { ...values, other_emails: emails.slice(1) };
    return this.changes.create('person', { ...state, ...personColumns(state) }, outcome);
  }

  private applyPerson(found: Subject, values: Values, outcome: Outcome): void {
    const { full_name: name, given_name: given, family_name: family, email: _, ...rest } = values;
    // Found by address under a shorter or another name: what is stored stays.
    const same = found.state.match_key === outcome.row.personKey;
    this.addresses(found, outcome);
    this.changes.apply(
      found,
      { ...(same && { full_name: name, given_name: given, family_name: family }), ...rest },
      outcome,
    );
    this.changes.rekey(found, personColumns, outcome);
  }

  /** The first address of the row becomes the main one; the former main one, and further ones, are kept beside it. */
  private addresses(person: Subject, outcome: Outcome): void {
    const [main, ...further] = outcome.row.emails;
    if (main === undefined) return;
    const { email, other_emails: others } = person.state as { email?: string | null; other_emails?: string[] };
    const maySet = this.changes.maySet(person, 'email');
    const kept = [email, ...(others ?? [])];
    const replaces = maySet && !kept.includes(main) && !person.said.has('email');
    if (replaces) this.changes.apply(person, { email: main }, outcome);
    person.said.add('email');
    const wanted = new Set([...(others ?? []), email, main, ...further]);
    const more = [...wanted].filter((address) => address && address !== person.state.email);
    if (!maySet || isSame(more, others ?? [])) return;
    person.set('other_emails', more, outcome.owned);
    outcome.updated = true;
  }

  /** A title read elsewhere stays and stands beside the row's; one without a source is the chamber's own and follows the file. */
  private position(outcome: Outcome, person: Subject, organization: Subject): Subject | undefined {
    const { title } = outcome.row;
    const held = this.picture.positionsOf(person.id, organization.id);
    const same = held.find((position) => nameKey(String(position.state.title)) === nameKey(title ?? CONTACT));
    const known = same ?? (title === undefined ? preferredOf(held) : undefined);
    if (known) {
      this.changes.apply(known, title === undefined ? {} : { title: known.state.title }, outcome);
      return known;
    }
    const own = preferredOf(held.filter((position) => !position.state.source && !position.said.has('title')));
    if (own) {
      this.changes.apply(own, { title }, outcome);
      return own;
    }
    return this.addPosition(outcome, person, organization, held);
  }

  private addPosition(outcome: Outcome, person: Subject, organization: Subject, held: Subject[]): Subject | undefined {
    const { title } = outcome.row;
    // Where only titles with a source are stored, create and fill leave it at that.
    if (this.keepsToStored() && held.some(({ stored }) => stored)) return preferredOf(held);
    const message = 'The contact has no title at this organization.';
    if (!this.changes.mayCreate('title', 'position_not_found', message, outcome)) return undefined;
    const preferred = !held.some((position) => position.state.preferred);
    const links = { person_id: person.id, organization_id: organization.id };
    const assumed = title === undefined ? ['title'] : [];
    return this.changes.create('position', { ...links, title: title ?? CONTACT, preferred }, outcome, assumed);
  }

  private keepsToStored(): boolean {
    return this.mode === 'create' || this.mode === 'fill';
  }

  private membership(outcome: Outcome, found: Subject | undefined, organization: Subject): Subject | undefined {
    const { membership } = outcome.row;
    if (!membership) return undefined;
    const { tierId, joinedOn, startsOn, endsOn } = membership;
    if (found) {
      // One that only shares days with the row's is left as it is; modes that write refuse it earlier.
      const same = found.state.starts_on === startsOn;
      this.changes.apply(found, same ? { tier_id: tierId, joined_on: joinedOn, ends_on: endsOn } : {}, outcome);
      return found;
    }
    const message = `There is no membership from ${startsOn}.`;
    if (!this.changes.mayCreate('startsOn', 'membership_not_found', message, outcome)) return undefined;
    const state = {
      organization_id: organization.id,
      tier_id: tierId,
      joined_on: joinedOn ?? this.firstJoined(organization, membership),
      starts_on: startsOn,
      ends_on: endsOn,
      search_key: organization.state.search_key,
    };
    return this.changes.create('membership', state, outcome, joinedOn === undefined ? ['joined_on'] : []);
  }

  /** Who was a member before joined then. */
  private firstJoined(organization: Subject, { startsOn }: MembershipValues): string {
    const earlier = this.picture.membershipsOf(organization.id).map(({ state }) => String(state.joined_on));
    return [...earlier, startsOn].sort()[0] ?? startsOn;
  }
}

/** An organization that is renamed is still found under its old name. */
function keepFormerName(organization: Subject, outcome: Outcome): void {
  if (organization.said.has('name')) return;
  const aliases = (organization.state.aliases as string[] | undefined) ?? [];
  organization.set('aliases', [...new Set([...aliases, String(organization.state.name)])], outcome.owned);
}

const aliasKeysOf = ({ state }: Subject): string[] =>
  typeof state.alias_key === 'string' ? state.alias_key.split('|') : [];

const preferredOf = (positions: Subject[]): Subject | undefined =>
  positions.find((position) => position.state.preferred) ?? positions[0];
