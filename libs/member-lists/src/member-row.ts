import type { DateOrder } from '#imports';

/** Values by the column of the table they belong to; what the row does not say is absent. */
export type Values = Record<string, unknown>;

export interface MembershipValues {
  tierId: string;
  joinedOn?: string;
  startsOn: string;
  endsOn: string;
  cancelledOn?: string;
  cancellationReason?: string;
}

/** What a row says of the title its contact holds. */
export interface TitleValues {
  title?: string;
  source?: string;
  started_on?: string;
  ended_on?: string;
  preferred?: boolean;
}

/** Ids as the file gives them, of this directory or of another one. */
export interface RowIds {
  organization?: string;
  parent?: string;
  person?: string;
  position?: string;
  membership?: string;
}

/** A sound row of a members list: an organization, its contact, and its membership; or a person alone. */
export interface MemberRow {
  rowNumber: number;
  ids: RowIds;
  /** Null for a person alone; without a name only where there is an id. */
  organization: (Values & { name?: string }) | null;
  /** Name of the organization above; empty where only its id is given. Null when the row says nothing of one. */
  parentName: string | null;
  /** Null without a contact; without a name only where there is an id. */
  person: (Values & { full_name?: string; email?: string }) | null;
  /** All addresses of the contact, the main one first. */
  emails: string[];
  position: TitleValues;
  membership?: MembershipValues;
  /** What the organization and the person may be recognised by. */
  domain: string | null;
  organizationKey: string;
  nameKey: string;
  personKey: string;
}

export interface RowContext {
  dateOrder?: DateOrder;
  header(field: string): string | null;
  /** Tier ids by folded code and name. */
  tiers: ReadonlyMap<string, string>;
}
