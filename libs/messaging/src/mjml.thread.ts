import { createRequire } from 'node:module';
import { convert } from 'html-to-text';
import mjml from 'mjml';
import type { Compiled } from './mjml-compiler.js';

/** As much as is used of the parser that html-to-text reads with: what is looked at is what the text part was made from. */
interface Listener {
  onopentag(name: string, attributes: Record<string, string>): void;
  onclosetag(): void;
  ontext(text: string): void;
}
const { Parser } = createRequire(require.resolve('html-to-text'))('htmlparser2') as {
  Parser: new (listener: Listener) => { end(html: string): void };
};

const OPTIONS = { validationLevel: 'soft', keepComments: false, ignoreIncludes: true } as const;
const TEXT_OPTIONS = {
  wordwrap: false as const,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    { selector: 'table', format: 'block' },
    // In capitals a field would have another name.
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
};
const FORBIDDEN = ['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'base', 'form', 'portal'];
const LINKS = ['href', 'src', 'action', 'formaction', 'background', 'poster', 'data', 'xlink:href', 'srcdoc'];
const SAFE_LINK = /^$|^(https?:\/\/|mailto:|tel:|cid:|#|data:image\/)|^\{\{(url|respondUrl|unsubscribeUrl)\}\}/i;

/** Compiles each; runs in a thread of its own. */
export const run = (sources: string[]): Promise<Compiled[]> => Promise.all(sources.map(compile));

async function compile(source: string): Promise<Compiled> {
  try {
    const { html, errors } = await mjml(source, OPTIONS);
    return {
      html,
      text: convert(html, TEXT_OPTIONS),
      errors: errors.map(({ line, message }) => `Line ${line}: ${message}`),
      unsafe: unsafeIn(html),
    };
  } catch (error) {
    return { html: '', text: '', errors: [error instanceof Error ? error.message : String(error)], unsafe: [] };
  }
}

/** Elements and attributes as a mail program reads them, with their entities resolved. */
function unsafeIn(html: string): string[] {
  const found = new Set<string>();
  let inStyle = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      inStyle = name === 'style';
      if (FORBIDDEN.includes(name)) found.add(`<${name}> is not possible in a mail.`);
      for (const [key, value] of Object.entries(attributes)) for (const fault of faultsOf(key, value)) found.add(fault);
    },
    onclosetag() {
      inStyle = false;
    },
    ontext(text) {
      if (inStyle && text.includes('{{')) found.add(NO_FIELD_IN_STYLE);
    },
  });
  parser.end(html);
  return [...found];
}

const NO_FIELD_IN_STYLE = 'A field cannot stand in a style.';

function faultsOf(attribute: string, value: string): string[] {
  return [
    ...(/^on/i.test(attribute) ? [`The attribute ${attribute.slice(0, 40)} is not possible in a mail.`] : []),
    ...(attribute === 'style' && value.includes('{{') ? [NO_FIELD_IN_STYLE] : []),
    ...(LINKS.includes(attribute) && !SAFE_LINK.test(value.trim())
      ? [
          `A link must begin with https://, http://, mailto:, tel:, {{url}}, {{respondUrl}} or {{unsubscribeUrl}}, not with "${value.slice(0, 40)}".`,
        ]
      : []),
  ];
}
