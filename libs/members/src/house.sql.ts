/** SELECT of the organizations that are the house: chambers. */
export const HOUSE = `SELECT o.id FROM organizations o WHERE o.kind = 'chamber'`;

/** SELECT of who works for the house today. */
export const HOUSE_PEOPLE = `SELECT x.person_id FROM current_positions x WHERE x.organization_id IN (${HOUSE})`;

/** Whether a party is the house, by SQL of its ids: an organization, or a person where no organization is named. */
export const ofHouseSql = (organization: string, person: string): string => `
  (CASE WHEN ${organization} IS NOT NULL THEN ${organization} IN (${HOUSE}) ELSE ${person} IN (${HOUSE_PEOPLE}) END)`;
