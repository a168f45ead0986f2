export const AGREEMENT_STATUSES = ['draft', 'initialed', 'signed', 'in_force', 'expired', 'terminated'] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

/** How far each has come; what has expired and what was terminated are both over. */
const RANKS: Record<AgreementStatus, number> = {
  draft: 0,
  initialed: 1,
  signed: 2,
  in_force: 3,
  expired: 4,
  terminated: 4,
};

/** Initials stand below the text. */
export const isInitialed = (status: AgreementStatus): boolean => RANKS[status] >= RANKS.initialed;

/** Signatures stand below the text: initials are none. */
export const isSigned = (status: AgreementStatus): boolean => RANKS[status] >= RANKS.signed;

/** Signed, and not over: it may still expire. */
export const mayExpire = (status: AgreementStatus): boolean => status === 'signed' || status === 'in_force';

/** Onwards, with or without the steps between, things happen; any other way what was written down is corrected. */
export const isCorrection = (from: AgreementStatus, to: AgreementStatus): boolean =>
  from !== to && RANKS[to] <= RANKS[from];

/** The status to show on a day: an agreement expires by itself when its last day is over. Days are YYYY-MM-DD. */
export function shownStatus(status: AgreementStatus, expiresOn: string | null, today: string): AgreementStatus {
  return mayExpire(status) && expiresOn !== null && expiresOn < today ? 'expired' : status;
}
