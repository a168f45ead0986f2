import type { DealStage } from '#deals';

/** Stages as a picture calls them. */
export const STAGE_NAMES: Record<DealStage, string> = {
  lead: 'Lead',
  qualified: 'Qualified',
  scoping: 'Scoping',
  feasibility_study: 'Feasibility study',
  feed: 'FEED',
  financing: 'Financing',
  negotiation: 'Negotiation',
  contract: 'Contract',
  implementation: 'Implementation',
  closed_won: 'Won',
  closed_lost: 'Lost',
  on_hold: 'On hold',
};

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** Name of a country by its ISO 3166-1 alpha-2 code. */
export const countryName = (code: string): string => COUNTRIES.of(code) ?? code;
