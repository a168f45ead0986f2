export const PARTICIPANT_SIDES = ['host', 'visiting', 'facilitator'] as const;
export type ParticipantSide = (typeof PARTICIPANT_SIDES)[number];

/** What a participant has answered (RFC 5545 §3.2.12); without an invitation nobody is asked. */
export const PARTICIPATIONS = ['needs_action', 'accepted', 'tentative', 'declined', 'delegated'] as const;
export type Participation = (typeof PARTICIPATIONS)[number];

/** Whether to count on somebody: whoever has not said no is expected. */
export const isComing = ({ participation }: { participation: Participation }): boolean =>
  participation !== 'declined' && participation !== 'delegated';

/** Somebody who takes part, named by id, by e-mail or by name; `organization` says for whom, and tells namesakes apart. */
export interface ParticipantInput {
  personId?: string | null;
  email?: string | null;
  name?: string | null;
  organizationId?: string | null;
  /** The organization's name, where its id is not at hand. */
  organization?: string | null;
  side: ParticipantSide;
  /** What the person does in the meeting, such as interpreter. */
  role?: string | null;
}

/** Somebody or something not in the directory yet, by the name it would get. */
export interface Missing {
  missing: string;
  email?: string | null;
}

/** In the directory. */
export interface Known {
  id: string;
}

/** A participant of whom it is clear who is meant. */
export interface ResolvedParticipant {
  person: Known | Missing;
  organization: Known | Missing | null;
  side: ParticipantSide;
  role: string | null;
}

/** A participant ready to be stored. */
export interface ParticipantDraft {
  personId: string;
  organizationId: string | null;
  side: ParticipantSide;
  role: string | null;
}

export const isKnown = (subject: Known | Missing | null): subject is Known => subject !== null && 'id' in subject;
