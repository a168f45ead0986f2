import type { Override, ResourceKind, Span } from './booking.js';
import type { BookingAbout, BookingConflict } from './bookings.errors.js';

/** A resource that a subject wants for a span. */
export interface Wish extends Span {
  /** Its place in the list of all that are wanted together. */
  n: number;
  aboutId: string;
  resourceId: string;
  kind: ResourceKind;
  place: string | null;
  placeKey: string | null;
}

/** What a subject holds already. */
export interface Holding extends Span {
  id: string;
  aboutId: string;
  resourceId: string;
  firm: boolean;
  overrideReason: string | null;
  placeKey: string | null;
}

/** What stands against a wish: a booking of another subject, or another wish. */
export interface Clash extends Span {
  /** The wish. */
  n: number;
  /** The other wish; null for a booking. */
  other: number | null;
  /** Whether the booking is firm. */
  firm: boolean | null;
  /** ISO 8601; null where the two overlap. */
  travelTime: string | null;
  resource: BookingConflict['resource'] & { type: ResourceKind };
  about: BookingAbout;
  /** Null also where the asker may not see what the resource is held for. */
  place: string | null;
}

/** What comes of wishes and all that stands against them. */
export interface Verdict {
  /** Nothing is booked as long as there are any. */
  refused: Clash[];
  /** What was let in for the reason given now; one given earlier stands in the audit trail already. */
  overridden: Clash[];
  /** Wish → the reason; these are booked softly. */
  reasons: Map<number, string>;
}

/**
 * Says which clashes count. Whoever held the hours firmly goes first, then whoever is named first; a firm holder is not
 * asked about soft ones made over it. Travel time is asked for new times and places only: who stays is not asked again.
 */
export function verdictOn(wishes: Wish[], held: Holding[], clashes: Clash[], override?: Override): Verdict {
  const standing = standings(wishes, held);
  const counting = clashes
    .filter((clash) => counts(clash, standing))
    .map((clash) => ({ clash, before: reasonBefore(clash, standing[clash.n]) }));
  const asking = counting.filter(({ before }) => before === undefined).map(({ clash }) => clash);
  const overridden = override ? asking.filter(({ resource }) => resource.type === 'person') : [];
  return {
    refused: override ? asking.filter(({ resource }) => resource.type !== 'person') : asking,
    overridden,
    reasons: new Map([
      ...counting.map(({ clash, before = '' }) => [clash.n, before] as const),
      ...overridden.map(({ n }) => [n, override?.reason ?? ''] as const),
    ]),
  };
}

/** Wishes that something may stand against; whoever is held firmly and stays is only in the way of others. */
export function unsettled(wishes: Wish[], held: Holding[]): Wish[] {
  const standing = standings(wishes, held);
  return wishes.filter(({ n }) => rank(standing[n] as Standing) > 0);
}

/** What is held otherwise than wished from now on, and the wishes that are not held so yet. */
export function differences(wishes: Wish[], held: Holding[], reasons: Map<number, string>): Differences {
  const wanted = new Map(wishes.map((wish) => [asHeld(wish, reasons.get(wish.n) ?? null), wish]));
  const holdings = new Map(held.map((holding) => [asHeld(holding, holding.overrideReason), holding]));
  return {
    gone: [...holdings].filter(([key]) => !wanted.has(key)).map(([, holding]) => holding),
    added: [...wanted].filter(([key]) => !holdings.has(key)).map(([, wish]) => wish),
  };
}

export interface Differences {
  gone: Holding[];
  added: Wish[];
}

const asHeld = ({ aboutId, resourceId, startsAt, endsAt, place }: Wish | Holding, reason: string | null): string =>
  JSON.stringify([aboutId, resourceId, startsAt, endsAt, place ?? null, reason]);

/** How a wish stands to what its subject holds of the same resource. */
interface Standing {
  before?: Holding;
  sameSpan: boolean;
  samePlace: boolean;
  /** It is held firmly for at least this span: whoever is there beside it was let in knowingly. */
  firmly: boolean;
}

function standings(wishes: Wish[], held: Holding[]): Standing[] {
  const holdings = new Map(held.map((holding) => [`${holding.aboutId} ${holding.resourceId}`, holding]));
  return wishes.map((wish) => {
    const before = holdings.get(`${wish.aboutId} ${wish.resourceId}`);
    if (!before) return { sameSpan: false, samePlace: false, firmly: false };
    return {
      before,
      sameSpan: +before.startsAt === +wish.startsAt && +before.endsAt === +wish.endsAt,
      samePlace: before.placeKey === wish.placeKey,
      firmly: before.firm && before.startsAt <= wish.startsAt && wish.endsAt <= before.endsAt,
    };
  });
}

/** Firm holders that stay where they are, firm holders, all others. */
const rank = ({ firmly, samePlace }: Standing): number => (!firmly ? 2 : samePlace ? 0 : 1);

function counts({ n, other, firm, travelTime }: Clash, standing: Standing[]): boolean {
  const own = standing[n] as Standing;
  if (travelTime !== null && rank(own) === 0) return false;
  if (other === null) return travelTime !== null || firm === true || !own.firmly;
  const ranks = rank(own) - rank(standing[other] as Standing);
  return ranks > 0 || (ranks === 0 && n > other);
}

/** An override given earlier still counts for the same person and span, and for ways between the same places. */
function reasonBefore({ resource, travelTime }: Clash, own: Standing | undefined): string | undefined {
  if (resource.type !== 'person') return undefined;
  if (!own?.sameSpan || (travelTime !== null && !own.samePlace)) return undefined;
  return own.before?.overrideReason ?? undefined;
}
