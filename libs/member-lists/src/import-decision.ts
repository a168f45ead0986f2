import type { ImportMode, RowDecision } from '#imports';
import { addAddresses } from './import-addresses.js';
import { Changes, type Creation } from './import-changes.js';
import { newOrganizationColumns, organizationColumns, personColumns } from './import-keys.js';
import { type Header, RowRefused } from './import-matching.js';
import { Outcome } from './import-outcome.js';
import { type ImportPicture, KEY } from './import-picture.js';
import { Resolution, type Resolved } from './import-resolution.js';
import type { MemberRow, MembershipValues, Values } from './member-row.js';
import type { OwnedPlan, Subject } from './import-subject.js';
import { Titles } from './import-titles.js';

/** Decides what one row after the other writes. */
export class Decider {
  private readonly resolution: Resolution;
  private readonly changes: Changes;
  private readonly titles: Titles;

  constructor(
    private readonly picture: ImportPicture,
    mode: ImportMode,
    header: Header,
  ) {
    this.resolution = new Resolution(picture, mode, header);
    this.changes = new Changes(picture, mode, header);
    this.titles = new Titles(picture, mode, this.changes);
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
    const { row } = outcome;
    const { rowNumber } = row;
    const organization = row.organization ? this.organization(outcome, resolved.organization) : undefined;
    if (row.organization && !organization) return { rowNumber, verdict: 'skip', problems: outcome.held };
    if (organization) this.parent(outcome, organization, resolved.parent);
    const person = this.person(outcome, resolved.person);
    const position = person && this.titles.decide(outcome, person, organization, resolved.position);
    const member = organization ?? person;
    const membership = member && this.membership(outcome, resolved.membership, member);
    return {
      rowNumber,
      ...outcome.verdict,
      organizationId: organization?.id,
      personId: person?.id,
      positionId: position?.id,
      membershipId: membership?.id,
    };
  }

  private organization(outcome: Outcome, found: Subject | undefined): Subject | undefined {
    const { row } = outcome;
    if (found) {
      this.applyOrganization(found, outcome);
      this.changes.remember(row.ids.organization, found);
      return found;
    }
    const allowed = this.changes.mayCreate(
      'organization',
      'organization_not_found',
      'There is no such organization.',
      outcome,
    );
    if (!allowed) return undefined;
    const assumed = row.organization?.kind === undefined ? ['kind'] : [];
    const state = { kind: 'company', ...row.organization, ...newOrganizationColumns(row) };
    return this.changes.create('organization', state, outcome, { assumed, id: row.ids.organization });
  }

  private applyOrganization(found: Subject, outcome: Outcome): void {
    const { row } = outcome;
    const { name, aliases, ...rest } = row.organization ?? {};
    const renamed = name !== undefined && found.state.match_key !== row.organizationKey;
    // A name that is another name of the same organization says nothing new.
    const known = renamed && aliasKeysOf(found).some((key) => key === row.nameKey || key === row.organizationKey);
    if (renamed && !known && this.changes.maySet(found, 'name')) keepFormerName(found, outcome);
    this.changes.apply(found, known ? rest : { name, ...rest }, outcome);
    this.changes.extend(found, 'aliases', aliases, outcome);
    this.changes.rekey(found, organizationColumns, outcome);
  }

  /** An organization above that nobody knows is entered by its name; a row of its own may say more. */
  private parent(outcome: Outcome, child: Subject, found: Subject | undefined): void {
    const { parentName: name, ids } = outcome.row;
    if (name === null) return;
    const parent = found ?? this.addParent(outcome, name);
    if (!parent) return;
    if (found) this.changes.remember(ids.parent, found);
    if (child.owner && child.owner !== outcome.owned) return this.changes.link(child, parent.id, outcome);
    this.changes.apply(child, { parent_id: parent.id }, outcome);
    if (!child.stored && child.owner) this.picture.announce(KEY.child(child.id), child.id, child.owner.rowNumber);
  }

  private addParent(outcome: Outcome, name: string): Subject | undefined {
    const allowed = this.changes.mayCreate('parent', 'parent_not_found', `${name} is not known here.`, outcome);
    if (!allowed) return undefined;
    const state = { kind: 'company', name, ...organizationColumns({ name }) };
    const creation: Creation = { assumed: ['kind'], id: outcome.row.ids.parent, slot: 'parent' };
    return this.changes.create('organization', state, outcome, creation);
  }

  private person(outcome: Outcome, found: Subject | undefined): Subject | undefined {
    const { person: values, emails, ids, organization, personKey, rowNumber } = outcome.row;
    if (!values) return undefined;
    if (found) {
      this.applyPerson(found, values, outcome);
      this.changes.remember(ids.person, found);
      return found;
    }
    const message = `${String(values.full_name)} is not known here.`;
    if (!this.changes.mayCreate('contactName', 'person_not_found', message, outcome)) return undefined;
    const state: Values = { ...values, other_emails: emails.filter((email) => email !== values.email) };
    const person = this.changes.create('person', { ...state, ...personColumns(state) }, outcome, { id: ids.person });
    if (!organization) this.picture.announce(KEY.alone(personKey), person.id, rowNumber);
    return person;
  }

  private applyPerson(found: Subject, values: Values, outcome: Outcome): void {
    const { full_name: name, given_name: given, family_name: family, email: _, aliases, ...rest } = values;
    const { personKey, ids } = outcome.row;
    // Found by address under a shorter or another name: what is stored stays.
    const same = found.state.match_key === personKey || found.id === ids.person;
    addAddresses(found, this.changes, outcome);
    this.changes.apply(
      found,
      { ...(same && { full_name: name, given_name: given, family_name: family }), ...rest },
      outcome,
    );
    this.changes.extend(found, 'aliases', aliases, outcome);
    this.changes.rekey(found, personColumns, outcome);
  }

  private membership(outcome: Outcome, found: Subject | undefined, member: Subject): Subject | undefined {
    const { membership, ids } = outcome.row;
    if (!membership) return undefined;
    const { tierId, joinedOn, startsOn, endsOn, cancelledOn, cancellationReason } = membership;
    const says = { tier_id: tierId, joined_on: joinedOn, ends_on: endsOn, cancelled_on: cancelledOn };
    const values = { ...says, starts_on: startsOn, cancellation_reason: cancellationReason };
    if (found) {
      // One that only shares days with the row's is left as it is; modes that write refuse it earlier.
      const same = found.state.starts_on === startsOn || found.id === ids.membership;
      this.changes.apply(found, same ? values : {}, outcome);
      this.changes.remember(ids.membership, found);
      return found;
    }
    const message = `There is no membership from ${startsOn}.`;
    if (!this.changes.mayCreate('startsOn', 'membership_not_found', message, outcome)) return undefined;
    const state = {
      ...values,
      [`${member.kind}_id`]: member.id,
      joined_on: joinedOn ?? this.firstJoined(member, membership),
      search_key: member.state.search_key,
    };
    const assumed = joinedOn === undefined ? ['joined_on'] : [];
    return this.changes.create('membership', state, outcome, { assumed, id: ids.membership });
  }

  /** Who was a member before joined then. */
  private firstJoined(member: Subject, { startsOn }: MembershipValues): string {
    const earlier = this.picture.membershipsOf(member.id).map(({ state }) => String(state.joined_on));
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
