import type { DatePrecision } from '#conferences';
import { isCalendarDate } from '#database';
import type { FaultList, FieldFault } from '#faults';
import { futureFaults, type KnownDate, knownDate, UNKNOWN_DATE } from './agreement-date.js';
import { firstToday, lastToday } from './agreement-expiry.js';
import {
  type AgreementStatus,
  isCorrection,
  isInitialed,
  isSigned,
  mayExpire,
  shownStatus,
} from './agreement-status.js';
import type { Agreement } from './agreement.entity.js';

/** How far an agreement has come and since when, as a client writes it; what is left out stays. */
export interface TermsText {
  status?: AgreementStatus;
  /** Why the status goes back: what was written down was wrong. */
  reason?: string;
  /** YYYY-MM-DD, YYYY-MM or YYYY */
  initialedOn?: string | null;
  initialedPrecision?: DatePrecision | null;
  /** YYYY-MM-DD, YYYY-MM or YYYY */
  signedOn?: string | null;
  datePrecision?: DatePrecision | null;
  /** First and last day of a window, YYYY-MM-DD. */
  signedFrom?: string | null;
  signedTo?: string | null;
  /** Last day on which it holds, YYYY-MM-DD. */
  expiresOn?: string | null;
}

export type AgreementTerms = Pick<
  Agreement,
  | 'status'
  | 'initialedFrom'
  | 'initialedTo'
  | 'initialedPrecision'
  | 'signedFrom'
  | 'signedTo'
  | 'datePrecision'
  | 'expiresOn'
>;

/** The same, taken apart. */
interface Dated {
  status: AgreementStatus;
  initialed: KnownDate;
  signed: KnownDate;
  expiresOn: string | null;
}

const INITIALED = { on: '/initialedOn', from: '/initialedOn', to: '/initialedOn', precision: '/initialedPrecision' };
const SIGNED = { on: '/signedOn', from: '/signedFrom', to: '/signedTo', precision: '/datePrecision' };

/**
 * The terms after a change; those of a new agreement without `stored`. Where it turns out not to have been signed, or not
 * even initialed, the dates of that go too; the precision of a date that cannot be there yet means nothing. Faults are
 * added to the list.
 */
export async function agreementTerms(
  text: TextOfStatus,
  stored: AgreementTerms | undefined,
  now: Date,
  faults: FaultList,
): Promise<AgreementTerms> {
  const { status } = text;
  const initialed = (await faults.gather(() => initialedAfter(text, stored))) ?? UNKNOWN_DATE;
  const signed = (await faults.gather(() => signedAfter(text, stored))) ?? UNKNOWN_DATE;
  const expiresOn = text.expiresOn === undefined ? (stored?.expiresOn ?? null) : text.expiresOn;
  const dated = { status, initialed, signed, expiresOn };
  faults.add(...actFaults(dated, firstToday(now)), ...expiryFaults(dated, text, stored, lastToday(now)));
  faults.add(...reasonFaults(text, stored));
  return columns(dated);
}

type TextOfStatus = TermsText & { status: AgreementStatus };

function initialedAfter({ status, initialedOn, initialedPrecision }: TextOfStatus, stored?: AgreementTerms): KnownDate {
  const {
    initialedFrom: from = null,
    initialedTo: to = null,
    initialedPrecision: precision = 'unknown',
  } = stored ?? {};
  const before = isInitialed(status) ? { from, to, precision } : UNKNOWN_DATE;
  const named = isInitialed(status) || initialedOn ? initialedPrecision : undefined;
  return knownDate({ on: initialedOn, precision: named }, before, INITIALED);
}

function signedAfter(text: TextOfStatus, stored?: AgreementTerms): KnownDate {
  const { status, signedOn: on, signedFrom, signedTo } = text;
  const { signedFrom: from = null, signedTo: to = null, datePrecision: precision = 'unknown' } = stored ?? {};
  const before = isSigned(status) ? { from, to, precision } : UNKNOWN_DATE;
  const named = isSigned(status) || on || signedFrom || signedTo ? text.datePrecision : undefined;
  return knownDate({ on, from: signedFrom, to: signedTo, precision: named }, before, SIGNED);
}

const columns = ({ status, initialed, signed, expiresOn }: Dated): AgreementTerms => ({
  status,
  initialedFrom: initialed.from,
  initialedTo: initialed.to,
  initialedPrecision: initialed.precision,
  signedFrom: signed.from,
  signedTo: signed.to,
  datePrecision: signed.precision,
  expiresOn,
});

/** Initials and signatures have dates once they are there, in this order, and none to come. */
function actFaults({ status, initialed, signed }: Dated, today: string): FieldFault[] {
  const faults = [...futureFaults(initialed, today, INITIALED), ...futureFaults(signed, today, SIGNED)];
  if (initialed.from && !isInitialed(status))
    faults.push({ pointer: INITIALED.on, code: 'not_initialed', message: 'A draft has not been initialed yet.' });
  if (signed.from && !isSigned(status)) {
    const pointer = signed.precision === 'window' ? SIGNED.from : SIGNED.on;
    faults.push({ pointer, code: 'not_signed', message: `An agreement that is ${status} has not been signed.` });
  }
  if (initialed.from && signed.to && initialed.from > signed.to)
    faults.push({ pointer: INITIALED.on, code: 'after_signing', message: 'Initials come before signatures.' });
  return faults;
}

function expiryFaults(
  { status, signed, expiresOn }: Dated,
  text: TermsText,
  stored: AgreementTerms | undefined,
  today: string,
): FieldFault[] {
  const fault = (code: string, message: string): FieldFault[] => [{ pointer: '/expiresOn', code, message }];
  if (expiresOn === null) return [];
  if (!isCalendarDate(expiresOn)) return fault('bad_date', 'A date YYYY-MM-DD.');
  if (signed.from && expiresOn < signed.from)
    return fault('ends_before_start', 'An agreement does not expire before it is signed.');
  if (status === 'expired' && expiresOn >= today) return fault('not_over', 'It expires after this day, not before.');
  const was = stored && shownStatus(stored.status, stored.expiresOn, today);
  if (was === 'expired' && text.status && mayExpire(text.status) && expiresOn < today)
    return fault('passed', `It has expired on ${expiresOn}; give the day until which it holds now.`);
  return [];
}

/** Going back needs a reason, and a reason something that it explains. */
function reasonFaults({ status, reason }: TermsText, stored?: AgreementTerms): FieldFault[] {
  const moved = stored && status && status !== stored.status;
  if (moved && isCorrection(stored.status, status) && !reason) {
    const message = `Say why: this agreement is written down as ${stored.status}.`;
    return [{ pointer: '/reason', code: 'required', message }];
  }
  if (!reason || moved) return [];
  return [{ pointer: '/reason', code: 'no_status_change', message: 'A reason is for a change of the status.' }];
}
