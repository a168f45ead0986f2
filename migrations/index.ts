import type { MigrationInterface } from 'typeorm';
import { Extensions1790000000010 } from './0010-extensions.js';
import { Audit1790000000020 } from './0020-audit.js';
import { Access1790000000030 } from './0030-access.js';
import { Idempotency1790000000035 } from './0035-idempotency.js';
import { Records1790000000040 } from './0040-records.js';
import { Calendar1790000000050 } from './0050-calendar.js';
import { Messaging1790000000060 } from './0060-messaging.js';
import { Tasks1790000000070 } from './0070-tasks.js';
import { Imports1790000000090 } from './0090-imports.js';
import { Members1790000000100 } from './0100-members.js';
import { Memberships1790000000110 } from './0110-memberships.js';
import { ImportMatching1790000000115 } from './0115-import-matching.js';
import { Conferences1790000000120 } from './0120-conferences.js';
import { SideMeetings1790000000130 } from './0130-side-meetings.js';
import { Search1790000000140 } from './0140-search.js';
import { Merges1790000000150 } from './0150-merges.js';
import { ImportReversals1790000000160 } from './0160-import-reversals.js';
import { Sectors1790000000170 } from './0170-sectors.js';
import { Timelines1790000000171 } from './0171-timelines.js';
import { OrganizationChildren1790000000172 } from './0172-organization-children.js';
import { MembershipReminders1790000000180 } from './0180-membership-reminders.js';
import { Bounces1790000000220 } from './0220-bounces.js';
import { ImportSpeed1790000000200 } from './0200-import-speed.js';
import { Registrations1790000000210 } from './0210-registrations.js';
import { CalendarMails1790000000230 } from './0230-calendar-mails.js';
import { ConferenceReminders1790000000240 } from './0240-conference-reminders.js';
import { InvitationRounds1790000000250 } from './0250-invitation-rounds.js';
import { PublicLinks1790000000260 } from './0260-public-links.js';
import { StaffMails1790000000270 } from './0270-staff-mails.js';
import { MailFlow1790000000280 } from './0280-mail-flow.js';
import { AnsweredPlaces1790000000310 } from './0310-answered-places.js';
import { TradeMissions1790000000320 } from './0320-trade-missions.js';
import { Delegates1790000000325 } from './0325-delegates.js';
import { MeetingPlans1790000000330 } from './0330-meeting-plans.js';
import { TravelTimes1790000000340 } from './0340-travel-times.js';
import { MissionSurveys1790000000360 } from './0360-mission-surveys.js';
import { Deals1790000000400 } from './0400-deals.js';
import { Agreements1790000000410 } from './0410-agreements.js';
import { CommitmentLedger1790000000420 } from './0420-commitment-ledger.js';
import { DealStalls1790000000430 } from './0430-deal-stalls.js';
import { Pipeline1790000000460 } from './0460-pipeline.js';
import { TimelinePages1790000000470 } from './0470-timeline-pages.js';
import { TouchedAt1790000000480 } from './0480-touched-at.js';

/** Every migration in the order it runs. */
export const migrations: (new () => MigrationInterface)[] = [
  Extensions1790000000010,
  Audit1790000000020,
  Access1790000000030,
  Idempotency1790000000035,
  Records1790000000040,
  Calendar1790000000050,
  Messaging1790000000060,
  Tasks1790000000070,
  Imports1790000000090,
  Members1790000000100,
  Memberships1790000000110,
  ImportMatching1790000000115,
  Conferences1790000000120,
  SideMeetings1790000000130,
  Search1790000000140,
  Merges1790000000150,
  ImportReversals1790000000160,
  Sectors1790000000170,
  Timelines1790000000171,
  OrganizationChildren1790000000172,
  MembershipReminders1790000000180,
  ImportSpeed1790000000200,
  Registrations1790000000210,
  Bounces1790000000220,
  CalendarMails1790000000230,
  ConferenceReminders1790000000240,
  InvitationRounds1790000000250,
  PublicLinks1790000000260,
  StaffMails1790000000270,
  MailFlow1790000000280,
  AnsweredPlaces1790000000310,
  TradeMissions1790000000320,
  Delegates1790000000325,
  MeetingPlans1790000000330,
  TravelTimes1790000000340,
  MissionSurveys1790000000360,
  Deals1790000000400,
  Agreements1790000000410,
  CommitmentLedger1790000000420,
  DealStalls1790000000430,
  Pipeline1790000000460,
  TimelinePages1790000000470,
  TouchedAt1790000000480,
];
