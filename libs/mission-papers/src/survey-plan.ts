import { Temporal } from 'temporal-polyfill';

/** Months after the last day of a mission. */
export const SURVEY_MONTHS = [3, 6, 12] as const;
export type SurveyMonths = (typeof SURVEY_MONTHS)[number];

/** What staff are to ask, at what distance. */
const QUESTIONS: Record<SurveyMonths, { title: string; notes: string }> = {
  3: {
    title: 'Survey after 3 months: which talks go on, and which promises were kept?',
    notes:
      'Ask each delegate and each host: who is in touch with whom, what was sent, who visits whom next, what is stuck.',
  },
  6: {
    title: 'Survey after 6 months: which deals are negotiated or signed, and worth how much?',
    notes:
      'Ask each delegate and each host: tenders, offers, trials, letters of intent, contracts; value and currency of each.',
  },
  12: {
    title: 'Survey after 12 months: what was exported, invested and built, and how many jobs came of it?',
    notes:
      'Ask each delegate and each host: exports and investments since the mission with value and currency, jobs, what comes next.',
  },
};

/** A task about a mission that is over. */
export interface SurveyPlan {
  months: SurveyMonths;
  title: string;
  notes: string;
  dueAt: Date;
}

const MORNING = '09:00';

/**
 * The surveys of a mission by its last day (YYYY-MM-DD): at nine in the morning of its zone, a day that the month does not
 * have being its last one.
 */
export function surveyPlans({ endsOn, timeZone }: { endsOn: string; timeZone: string }): SurveyPlan[] {
  return SURVEY_MONTHS.map((months) => {
    const day = Temporal.PlainDate.from(endsOn).add({ months });
    const { epochMilliseconds } = day.toZonedDateTime({ timeZone, plainTime: MORNING });
    return { months, ...QUESTIONS[months], dueAt: new Date(epochMilliseconds) };
  });
}
