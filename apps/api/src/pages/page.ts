import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { PageLanguage } from './languages.js';

/** Text that is safe inside HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; font: 100%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  --ground: #eef1f4; --paper: #fff; --ink: #1c2733; --faint: #55616d; --line: #c5ced6; --strong: #12507b; --on-strong: #fff; --tint: #e7f0f7; --focus: #b35900; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0e1419; --paper: #18212a; --ink: #e8edf2; --faint: #a9b6c2; --line: #46535f; --strong: #8ecaf3; --on-strong: #0b1a26; --tint: #203344; --focus: #ffb454; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; padding: 1.5rem 1rem; background: var(--ground); color: var(--ink); overflow-wrap: anywhere; }
header, main, footer { width: 100%; max-width: 36rem; }
header { font-weight: 600; color: var(--strong); padding: 0 .25rem .75rem; }
main { background: var(--paper); border-radius: .75rem; padding: clamp(1.25rem, 5vw, 2.25rem); box-shadow: 0 1px 3px #0003; }
footer { padding: 1rem .25rem; font-size: .875rem; color: var(--faint); }
h1 { font-size: clamp(1.35rem, 5vw, 1.75rem); line-height: 1.25; margin: 0 0 1rem; }
p { margin: 0 0 1rem; } main > :last-child, form > :last-child { margin-bottom: 0; }
dl { margin: 0 0 1.25rem; } dt { color: var(--faint); font-size: .875rem; } dd { margin: 0 0 .6rem; }
h1, dd, .name { unicode-bidi: isolate; }
label, legend { display: block; padding: 0; margin: 0 0 .35rem; font-weight: 600; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
textarea { display: block; font: inherit; color: inherit; background: var(--paper); width: 100%; min-height: 5.5rem; padding: .6rem .75rem; margin-bottom: 1.25rem; border: 1px solid var(--faint); border-radius: .5rem; resize: vertical; }
.choices { display: grid; gap: .75rem; }
@media (min-width: 34rem) { .choices { grid-template-columns: repeat(3, auto); justify-content: start; } }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .55rem 1.25rem; border: 2px solid var(--strong); border-radius: .5rem; background: var(--strong); color: var(--on-strong); cursor: pointer; }
button.quiet { background: transparent; color: var(--strong); }
button[aria-current]::before { content: "✓ " / ""; }
a { color: var(--strong); }
:is(a, button, textarea):focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.say { padding: .75rem 1rem; border-left: 4px solid var(--strong); border-radius: .25rem; background: var(--tint); }
.say.fault { border-color: var(--focus); }
`;

/** Nothing from elsewhere, no script, no frame around it; the one style sheet is known by its hash. */
const policy = (style: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The link in the address is a key: no cache keeps the page, no other site is told, no search engine lists it. */
export const pageHeaders = (style: string) => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': policy(style),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'X-Frame-Options': 'DENY',
});

const HEADERS = pageHeaders(STYLE);

/** Whose page it is. */
export interface House {
  name: string;
  postalAddress: string;
}

/** A whole page in one language; `body` is HTML already. It works without scripts and fetches nothing. */
export function page(language: PageLanguage, title: string, body: string, house?: House): string {
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow">',
    `<title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head><body>`,
    house ? `<header>${escapeHtml(house.name)}</header>` : '',
    `<main>${body}</main>`,
    house ? `<footer>${escapeHtml(house.name)}<br>${escapeHtml(house.postalAddress)}</footer>` : '',
    '</body></html>',
  ].join('');
}

/** A box that says how things stand; faults interrupt who listens to the page. */
export const say = (text: string, kind: 'status' | 'alert' = 'status'): string =>
  `<p class="say${kind === 'alert' ? ' fault' : ''}" role="${kind}">${escapeHtml(text)}</p>`;

export function sendPage(reply: FastifyReply, html: string, status = 200): void {
  void reply.status(status).headers(HEADERS).send(html);
}
