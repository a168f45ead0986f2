import { Conflict } from '#faults';
import type { InvitationStatus } from '#invitations';

export const DELEGATE_ROLES = ['head', 'delegate', 'observer', 'interpreter', 'escort'] as const;
export type DelegateRole = (typeof DELEGATE_ROLES)[number];

export const DELEGATE_STATUSES = ['nominated', 'invited', 'accepted', 'confirmed', 'declined', 'withdrawn'] as const;
export type DelegateStatus = (typeof DELEGATE_STATUSES)[number];

export const VISA_STATUSES = [
  'not_required',
  'not_started',
  'letter_issued',
  'submitted',
  'approved',
  'refused',
] as const;
export type VisaStatus = (typeof VISA_STATUSES)[number];

/** Who is booked for the itinerary, planned and printed; everybody else holds nothing. */
export const TAKING_PART: readonly DelegateStatus[] = ['nominated', 'invited', 'accepted', 'confirmed'];

export const takesPart = (status: DelegateStatus): boolean => TAKING_PART.includes(status);

/** Who comes back begins anew or has said yes; that the place is theirs has to be confirmed again. */
const NEXT: Record<DelegateStatus, readonly DelegateStatus[]> = {
  nominated: ['invited', 'accepted', 'confirmed', 'declined', 'withdrawn'],
  invited: ['nominated', 'accepted', 'confirmed', 'declined', 'withdrawn'],
  accepted: ['invited', 'confirmed', 'declined', 'withdrawn'],
  confirmed: ['accepted', 'declined', 'withdrawn'],
  declined: ['nominated', 'invited', 'accepted', 'withdrawn'],
  withdrawn: ['nominated', 'invited', 'accepted'],
};

/** A delegate does not get from the one status to the other. */
export class DelegateStatusRefused extends Conflict {
  constructor(from: DelegateStatus, to: DelegateStatus) {
    const allowed = NEXT[from];
    const detail = `A delegate who is ${from} cannot become ${to}; possible: ${allowed.join(', ')}.`;
    super('status_refused', detail, { from, to, allowed });
  }
}

/** Staying as it is is no change. Throws DelegateStatusRefused. */
export function demandDelegateStatus(from: DelegateStatus, to: DelegateStatus): void {
  if (from !== to && !NEXT[from].includes(to)) throw new DelegateStatusRefused(from, to);
}

/** What an invitee's answer makes of their part. Who was confirmed stays so until they say no; who was taken off stays off. */
export function statusAfterAnswer(
  answer: InvitationStatus,
  { status, byAnswer }: { status: DelegateStatus; byAnswer: boolean },
): DelegateStatus {
  if (status === 'withdrawn') return byAnswer && answer === 'accepted' ? 'accepted' : status;
  if (answer === 'declined' || answer === 'delegated') return 'declined';
  if (status === 'confirmed') return status;
  if (answer === 'accepted') return 'accepted';
  if (answer === 'needs_action' && byAnswer) return 'withdrawn';
  return status === 'nominated' ? status : 'invited';
}

/** The same of an invitation that is withdrawn: who came of it alone goes with it. */
export function statusAfterWithdrawal({
  status,
  byAnswer,
}: {
  status: DelegateStatus;
  byAnswer: boolean;
}): DelegateStatus {
  if (byAnswer && takesPart(status)) return 'withdrawn';
  return status === 'invited' ? 'nominated' : status;
}
