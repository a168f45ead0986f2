import { IntersectionType } from '@nestjs/swagger';
import { EventTimeDto } from '../calendar/event-time.dto.js';
import type { ConferenceDto } from './conference.dto.js';

export class AgendaSpeakerDto {
  id: string;
  personId: string;
  name: string;
  role: string;
  order: number | null;
  billedTitle: string | null;
  /** invited or confirmed */
  status: string;
}

class AgendaSessionFieldsDto {
  id: string;
  title: string | null;
  /** The title, or the kind where there is none */
  label: string;
  kind: string;
  /** {id, name} */
  room: object | null;
  abstract: string | null;
  topics: string[];
  sectors: string[];
  /** In order of precedence */
  speakers: AgendaSpeakerDto[];
}

export class AgendaSessionDto extends IntersectionType(AgendaSessionFieldsDto, EventTimeDto) {}

export class AgendaDayDto {
  /** In the zone of the conference; a session across midnight stands under the day it begins */
  date: string;
  sessions: AgendaSessionDto[];
}

export class AgendaDto {
  conference: ConferenceDto;
  days: AgendaDayDto[];
  /** Sessions whose time is not known */
  unscheduled: AgendaSessionDto[];
}
