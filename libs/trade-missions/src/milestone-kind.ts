/** What a delegate, or staff for them, has to have done, and what it is called where nobody names it. */
export const MILESTONE_TITLES = {
  nomination: 'Nomination',
  invitation_letter: 'Invitation letter',
  visa_application: 'Visa application',
  visa_interview: 'Visa interview',
  visa_decision: 'Visa decision',
  flights: 'Flights',
  insurance: 'Insurance',
  arrival: 'Arrival',
  departure: 'Departure',
  other: 'Milestone',
} as const;
export type MilestoneKind = keyof typeof MILESTONE_TITLES;
export const MILESTONE_KINDS = Object.keys(MILESTONE_TITLES) as MilestoneKind[];

/** Who is reminded: the delegate, the mission's owner, or both. */
export const MILESTONE_AUDIENCES = ['delegate', 'owner', 'both'] as const;
export type MilestoneAudience = (typeof MILESTONE_AUDIENCES)[number];
