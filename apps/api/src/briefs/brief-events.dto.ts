import { IntersectionType } from '@nestjs/swagger';
import { EventTimeDto } from '../calendar/event-time.dto.js';

export class BriefNameDto {
  id: string;
  name: string;
}

class BriefLastContactPropertiesDto {
  /** side_meeting that was held, session at which they spoke, or conference to which they came */
  type: string;
  id: string;
  title: string;
  /** How far startsAt may be trusted; null: to the minute */
  datePrecision: string | null;
  /** Names of those of the chamber who took part */
  by: string[];
  /** Who wrote the meeting down */
  loggedBy: string | null;
}

export class BriefLastContactDto extends IntersectionType(BriefLastContactPropertiesDto, EventTimeDto) {}

export class BriefStandingDto {
  /** fresh, stale, never (no contact is known), undated (nobody knows when it was) */
  state: string;
  stale: boolean;
  /** Whole days since the last contact by the calendar of its place; at least as many, where only a month, year or window is known */
  days: number | null;
  /** ISO 8601: stale once more than this has gone by */
  staleAfter: string;
}

export class BriefIndividualDto {
  id: string;
  fullName: string;
}

export class BriefSpeakingDto extends BriefIndividualDto {
  role: string;
  /** invited or confirmed */
  status: string;
  /** As the programme prints it */
  billedTitle: string | null;
}

class BriefEventPropertiesDto {
  /** side_meeting or session */
  type: string;
  id: string;
  title: string;
  kind: string;
  status: string;
  /** How far startsAt may be trusted; null: to the minute */
  datePrecision: string | null;
  place: string | null;
  /** Of a session */
  conference: BriefNameDto | null;
  topics: string[];
  /** What came of it; at most 2,000 letters */
  summary: string | null;
  /** Not everybody may see it */
  restricted: boolean;
  /** Theirs who took part; at most ten */
  theirs: BriefIndividualDto[];
  /** Of the chamber; at most ten */
  ours: BriefIndividualDto[];
  /** Theirs who speak at a session */
  speaking: BriefSpeakingDto[];
}

export class BriefEventDto extends IntersectionType(BriefEventPropertiesDto, EventTimeDto) {}

export class BriefEventsDto {
  /** How many in all */
  count: number;
  sideMeetings: number;
  sessions: number;
  /** At most ten */
  data: BriefEventDto[];
}
