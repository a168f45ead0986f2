/** Text that is safe inside HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
  :root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
  body { margin: 0; display: grid; min-height: 100vh; place-items: center; background: Canvas; color: CanvasText; }
  main { width: min(34rem, 100vw - 2rem); padding: 2rem 0; }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1.25rem 0; }
  dt { color: GrayText; } dd { margin: 0; overflow-wrap: anywhere; }
  .choices { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
  button { font: inherit; padding: .65rem 1.25rem; border: 2px solid #0b5d66; border-radius: .4rem; background: #0b5d66; color: #fff; cursor: pointer; }
  button.quiet { background: transparent; color: inherit; }
  button:focus-visible, textarea:focus-visible { outline: 3px solid #d98b00; outline-offset: 2px; }
  label { display: block; margin: 1rem 0 .25rem; }
  textarea { font: inherit; width: 100%; box-sizing: border-box; min-height: 5rem; padding: .5rem; }
  .answer { padding: .75rem 1rem; border-left: 4px solid #0b5d66; background: color-mix(in srgb, #0b5d66 12%, Canvas); }`;

/** A whole page in one language; `body` is HTML already. */
export const page = (locale: string, title: string, body: string): string =>
  `<!doctype html><html lang="${escapeHtml(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;

export const PAGE_LANGUAGES = ['en', 'az', 'ru'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** The page language nearest to a BCP 47 tag. */
export const pageLanguage = (locale: string): PageLanguage =>
  PAGE_LANGUAGES.find((language) => locale.toLowerCase().split('-')[0] === language) ?? 'en';
