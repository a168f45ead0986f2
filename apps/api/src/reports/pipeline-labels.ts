import { STAGE_WORDS } from '#briefs';

/** Stages as a picture calls them: as a brief does. */
export const STAGE_NAMES = STAGE_WORDS.en;

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** Name of a country by its ISO 3166-1 alpha-2 code. */
export const countryName = (code: string): string => COUNTRIES.of(code) ?? code;
