import type { PersonRow, PositionRow } from '#members';
import { stamps } from '../http/format.js';
import type { PersonDto, PositionDto } from './person.dto.js';

export const presentPerson = (row: PersonRow & Pick<PersonDto, 'positions' | 'memberships'>): PersonDto => ({
  ...stamps(row),
  fullName: row.fullName,
  honorific: row.honorific,
  nativeName: row.nativeName,
  givenName: row.givenName,
  familyName: row.familyName,
  aliases: row.aliases,
  email: row.email,
  otherEmails: row.otherEmails,
  phone: row.phone,
  country: row.country,
  locale: row.locale,
  timeZone: row.timeZone,
  notes: row.notes,
  ...(row.positions && { positions: row.positions }),
  ...(row.memberships && { memberships: row.memberships }),
});

export const presentPosition = (row: PositionRow): PositionDto => ({
  ...stamps(row),
  personId: row.personId,
  personName: row.personName,
  organizationId: row.organizationId,
  organizationName: row.organizationName,
  title: row.title,
  startedOn: row.startedOn,
  endedOn: row.endedOn,
  source: row.source,
  preferred: row.preferred,
});
