import type { ImportMode } from '#imports';
import { nameKey } from '#records';
import type { Changes } from './import-changes.js';
import type { Outcome } from './import-outcome.js';
import type { ImportPicture } from './import-picture.js';
import type { TitleValues } from './member-row.js';
import { isEmpty, type Subject } from './import-subject.js';

/** Title of a contact whose row gives none. */
const CONTACT = 'Contact';

/** Decides which title of a person a row means, and what it changes about it. */
export class Titles {
  constructor(
    private readonly picture: ImportPicture,
    private readonly mode: ImportMode,
    private readonly changes: Changes,
  ) {}

  /** A title read elsewhere stays and stands beside the row's; one without a source is the chamber's own and follows the file. */
  decide(
    outcome: Outcome,
    person: Subject,
    organization: Subject | undefined,
    known: Subject | undefined,
  ): Subject | undefined {
    const wanted = outcome.row.position;
    if (!organization && wanted.title === undefined) return undefined;
    const held = this.picture.positionsOf(person.id, organization?.id ?? null);
    const open = outcome.row.ids.position === undefined ? held : held.filter((position) => !position.given);
    const same = sameTitle(open, wanted);
    const meant = known ?? same ?? this.own(open, wanted);
    if (!meant) return this.add(outcome, person, organization, held);
    // A title that is only written in other letters stays as it is written.
    const title = meant === same && known === undefined ? meant.state.title : wanted.title;
    this.apply(meant, { ...wanted, ...(wanted.title !== undefined && { title: title as string }) }, held, outcome);
    this.changes.remember(outcome.row.ids.position, meant);
    return meant;
  }

  /** Without a title the row means the one the person has; else the chamber's own one takes the new words. */
  private own(held: Subject[], wanted: TitleValues): Subject | undefined {
    if (wanted.title === undefined) return preferredOf(held);
    if (wanted.source !== undefined) return undefined;
    const free = held.filter(({ state, said }) => !state.source && !state.ended_on && !said.has('title'));
    return preferredOf(free.filter((position) => fits(position, wanted)));
  }

  private apply(position: Subject, wanted: TitleValues, held: Subject[], outcome: Outcome): void {
    const { preferred, started_on: from, ended_on: to, ...rest } = wanted;
    const [starts, ends] = [from ?? position.state.started_on, to ?? position.state.ended_on];
    const ordered = isEmpty(starts) || isEmpty(ends) || String(starts) <= String(ends);
    this.changes.apply(position, { ...rest, ...(ordered && { started_on: from, ended_on: to }) }, outcome);
    if (!ordered) outcome.problems.push(this.changes.disorder('titleEndedOn', String(starts), String(ends)));
    this.prefer(position, preferred, held, outcome);
  }

  /** One title at an organization is the preferred one: another steps back for it. */
  private prefer(position: Subject, preferred: boolean | undefined, held: Subject[], outcome: Outcome): void {
    if (preferred === undefined) return;
    const other = held.find((one) => one !== position && one.state.preferred === true);
    const contradicted = preferred && other?.said.has('preferred') === true;
    const changes =
      position.state.preferred !== preferred && !contradicted && this.changes.maySet(position, 'preferred');
    if (changes && preferred) stepBack(other, outcome);
    if (contradicted) outcome.problems.push(this.changes.contradiction('preferred', position));
    else this.changes.apply(position, { preferred }, outcome);
  }

  private add(
    outcome: Outcome,
    person: Subject,
    organization: Subject | undefined,
    held: Subject[],
  ): Subject | undefined {
    // Where only titles with a source are stored, create and fill leave it at that.
    if (this.keepsToStored() && held.some(({ stored }) => stored)) return preferredOf(held);
    const message = 'The contact has no title at this organization.';
    if (!this.changes.mayCreate('title', 'position_not_found', message, outcome)) return undefined;
    const { position: wanted, ids } = outcome.row;
    const preferred = isPreferred(wanted, held, outcome);
    const links = { person_id: person.id, organization_id: organization?.id ?? null };
    const assumed = (['title', 'preferred'] as const).filter((column) => wanted[column] === undefined);
    const state = { ...links, ...wanted, title: wanted.title ?? CONTACT, preferred };
    return this.changes.create('position', state, outcome, { assumed, id: ids.position });
  }

  private keepsToStored(): boolean {
    return this.mode === 'create' || this.mode === 'fill';
  }
}

/** The first title is the preferred one unless the row says otherwise; what an earlier row preferred stays so. */
function isPreferred(wanted: TitleValues, held: Subject[], outcome: Outcome): boolean {
  const other = held.find((position) => position.state.preferred);
  if (wanted.preferred !== true || !other) return wanted.preferred ?? !other;
  if (other.said.has('preferred')) return false;
  stepBack(other, outcome);
  return true;
}

/** It has a place of its own in the plan of the row, beside the title that takes its place. */
function stepBack(other: Subject | undefined, outcome: Outcome): void {
  if (!other) return;
  if (!other.owner) other.slot = 'former';
  other.set('preferred', false, outcome.owned);
}

/** The same words; of several, the one with the same source and days, and one that has not ended before others. */
function sameTitle(held: Subject[], wanted: TitleValues): Subject | undefined {
  const key = nameKey(wanted.title ?? CONTACT);
  const same = held.filter((position) => nameKey(String(position.state.title)) === key && fits(position, wanted));
  const score = ({ state }: Subject): number =>
    ['source', 'started_on', 'ended_on'].filter((column) => state[column] === wanted[column as keyof TitleValues])
      .length + (isEmpty(state.ended_on) ? 1 : 0);
  return same.toSorted((a, b) => score(b) - score(a))[0];
}

/** Whether nothing that is known of it contradicts the source and the first day that the row gives. */
const fits = ({ state }: Subject, wanted: TitleValues): boolean =>
  (['source', 'started_on'] as const).every(
    (column) => wanted[column] === undefined || isEmpty(state[column]) || state[column] === wanted[column],
  );

const preferredOf = (positions: Subject[]): Subject | undefined =>
  positions.find((position) => position.state.preferred) ?? positions[0];
