import type { MailData, MessageReason } from '#messaging';
import type { Reminded, ReminderSubject } from '#reminders';
import { reachable } from './delegate.mail.js';
import { MILESTONE_TITLES, type MilestoneKind } from './milestone-kind.js';

/** A milestone, as far as its reminders need to know. */
export interface RemindedMilestone {
  id: string;
  kind: MilestoneKind;
  title: string;
  mission: string;
  /** Full name of the delegate whose it is. */
  delegate: string;
  dueAt: Date;
  /** Zone of the mission. */
  timeZone: string;
  remindBefore: string[];
  recipients: Reminded[];
  /** Why nobody is reminded of it any more; null where people are. */
  against: MessageReason | null;
}

/** What milestones are called in mails, where they are only called by their kind. */
const TITLES: Record<string, Record<MilestoneKind, string> | undefined> = {
  az: {
    nomination: 'Namizədlik',
    invitation_letter: 'Dəvət məktubu',
    visa_application: 'Viza müraciəti',
    visa_interview: 'Viza müsahibəsi',
    visa_decision: 'Viza qərarı',
    flights: 'Aviabiletlər',
    insurance: 'Sığorta',
    arrival: 'Gəliş',
    departure: 'Gediş',
    other: 'Görüləcək iş',
  },
  ru: {
    nomination: 'Выдвижение кандидатуры',
    invitation_letter: 'Приглашение для визы',
    visa_application: 'Подача документов на визу',
    visa_interview: 'Собеседование для визы',
    visa_decision: 'Решение о визе',
    flights: 'Авиабилеты',
    insurance: 'Страховка',
    arrival: 'Прибытие',
    departure: 'Отъезд',
    other: 'Поручение',
  },
};

/** The reminders a milestone asks for itself, in the language of each recipient; no rule speaks of it. */
export function milestoneReminders(milestone: RemindedMilestone): ReminderSubject[] {
  const { recipients } = milestone;
  const languages = [...new Set(recipients.map(languageOf))];
  // One without recipients still takes back what was planned for those it had.
  return (languages.length > 0 ? languages : ['en']).map((language) => ({
    ...subjectOf(milestone),
    recipients: recipients.filter((recipient) => languageOf(recipient) === language).map(reachable),
    data: dataOf(milestone, language),
  }));
}

const languageOf = ({ locale }: Reminded): string => locale?.split('-')[0] ?? 'en';

const subjectOf = ({ id, dueAt, timeZone, remindBefore }: RemindedMilestone) => ({
  subject: 'delegate' as const,
  aboutId: id,
  at: dueAt,
  timeZone,
  offsets: remindBefore,
  templateKey: 'milestone_reminder',
});

const dataOf = ({ kind, title, mission, delegate }: RemindedMilestone, language: string): MailData => ({
  title: title === MILESTONE_TITLES[kind] ? (TITLES[language]?.[kind] ?? title) : title,
  about: mission,
  participants: [delegate],
});
