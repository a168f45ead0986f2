import { Worker } from 'node:worker_threads';

export interface Compiled {
  html: string;
  text: string;
  /** What MJML objects to; empty when all is well. */
  errors: string[];
  /** What a mail must not hold, though MJML lets it pass: scripts, and links and styles that a field could turn into one. */
  unsafe: string[];
}

/** Megabytes and milliseconds for a template that somebody has just written. */
const TRIAL = { memory: 512, time: 20_000 };

/** MJML and html-to-text need 80 MB and are needed rarely, so they live in a thread that ends with its work. */
export function compileMjml(sources: string[]): Promise<Compiled[]> {
  return new Promise((resolve, reject) => {
    const thread = startThread(sources);
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`The template compiler ended with code ${code}.`)));
  });
}

/** The same for one that nobody knows yet: one that is too much for the compiler is a broken one. */
export async function compileTrial(source: string): Promise<Compiled> {
  const tooMuch = { html: '', text: '', errors: ['It takes too long, or too much memory, to compile.'], unsafe: [] };
  const thread = startThread([source]);
  const timer = setTimeout(() => void thread.terminate(), TRIAL.time);
  try {
    return await new Promise((resolve, reject) => {
      thread.once('message', ([compiled]: Compiled[]) => resolve(compiled ?? tooMuch));
      thread.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(tooMuch) : reject(error),
      );
      thread.once('exit', () => resolve(tooMuch));
    });
  } finally {
    clearTimeout(timer);
  }
}

function startThread(sources: string[]): Worker {
  const workerData = { sources, mjml: require.resolve('mjml'), htmlToText: require.resolve('html-to-text') };
  return new Worker(THREAD, { eval: true, workerData, resourceLimits: { maxOldGenerationSizeMb: TRIAL.memory } });
}

/** Plain JavaScript in a string, because a thread's file would be found in the build but not in the tests. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const mjml = require(workerData.mjml);
  const { convert } = require(workerData.htmlToText);
  // The parser that html-to-text reads with: what is looked at is what the text part was made from.
  const { Parser } = require('node:module').createRequire(workerData.htmlToText)('htmlparser2');
  const toHtml = mjml.default ?? mjml;
  const options = { validationLevel: 'soft', keepComments: false, ignoreIncludes: true };
  const textOptions = { wordwrap: false, selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    { selector: 'table', format: 'block' },
    // In capitals a field would have another name.
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ] };
  const FORBIDDEN = ['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'base', 'form', 'portal'];
  const LINKS = ['href', 'src', 'action', 'formaction', 'background', 'poster', 'data', 'xlink:href', 'srcdoc'];
  const SAFE_LINK = /^$|^(https?:\\/\\/|mailto:|tel:|cid:|#|data:image\\/)|^\\{\\{(url|respondUrl|unsubscribeUrl)\\}\\}/i;
  /** Elements and attributes as a mail program reads them, with their entities resolved. */
  const unsafeIn = (html) => {
    const found = new Set();
    let inStyle = false;
    const lookAt = (key, value) => {
      if (/^on/i.test(key)) found.add('The attribute ' + key.slice(0, 40) + ' is not possible in a mail.');
      if (key === 'style' && value.includes('{{')) found.add('A field cannot stand in a style.');
      if (LINKS.includes(key) && !SAFE_LINK.test(value.trim()))
        found.add('A link must begin with https://, http://, mailto:, tel:, {{url}}, {{respondUrl}} or {{unsubscribeUrl}}, not with "' + value.slice(0, 40) + '".');
    };
    const parser = new Parser({
      onopentag(name, attributes) {
        inStyle = name === 'style';
        if (FORBIDDEN.includes(name)) found.add('<' + name + '> is not possible in a mail.');
        for (const [key, value] of Object.entries(attributes)) lookAt(key, value);
      },
      onclosetag() { inStyle = false; },
      ontext(text) { if (inStyle && text.includes('{{')) found.add('A field cannot stand in a style.'); },
    });
    parser.end(html);
    return [...found];
  };
  const compile = async (source) => {
    try {
      const { html, errors } = await toHtml(source, options);
      return { html, text: convert(html, textOptions), errors: errors.map((e) => 'Line ' + e.line + ': ' + e.message), unsafe: unsafeIn(html) };
    } catch (error) {
      return { html: '', text: '', errors: [String(error.message ?? error)], unsafe: [] };
    }
  };
  Promise.all(workerData.sources.map(compile)).then((all) => parentPort.postMessage(all));
`;
