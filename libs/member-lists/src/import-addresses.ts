import type { Changes } from './import-changes.js';
import type { Outcome } from './import-outcome.js';
import type { Values } from './member-row.js';
import { KEY } from './import-picture.js';
import type { Subject } from './import-subject.js';

/** The first address of the row becomes the main one; the former main one, and further ones, are kept beside it. */
export function addAddresses(person: Subject, changes: Changes, outcome: Outcome): void {
  const { emails, person: values } = outcome.row;
  if (emails.length === 0) return;
  const before = addressesOf(person.state);
  const maySet = changes.maySet(person, 'email');
  const main = values?.email;
  if (main !== undefined) {
    if (maySet && !before.includes(main) && !person.said.has('email')) changes.apply(person, { email: main }, outcome);
    person.said.add('email');
  }
  if (maySet) keepBeside(person, [...before, ...emails], outcome);
  for (const address of addressesOf(person.state)) {
    if (!before.includes(address)) changes.lead(KEY.email(address), person, outcome);
  }
}

function keepBeside(person: Subject, addresses: string[], outcome: Outcome): void {
  const known = addressesOf(person.state);
  const missing = [...new Set(addresses)].filter((address) => !known.includes(address));
  if (missing.length === 0) return;
  const others = (person.state.other_emails as string[] | null | undefined) ?? [];
  person.set('other_emails', [...others, ...missing], outcome.owned);
  outcome.updated = true;
}

function addressesOf(state: Values): string[] {
  const { email, other_emails: others } = state as { email?: string | null; other_emails?: string[] | null };
  return [...(email ? [email] : []), ...(others ?? [])];
}
