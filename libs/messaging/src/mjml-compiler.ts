import { Worker } from 'node:worker_threads';

export interface Compiled {
  html: string;
  text: string;
  /** What MJML objects to; empty when all is well. */
  errors: string[];
}

/** MJML and html-to-text need 80 MB and are needed rarely, so they live in a thread that ends with its work. */
export function compileMjml(sources: string[]): Promise<Compiled[]> {
  return new Promise((resolve, reject) => {
    const workerData = { sources, mjml: require.resolve('mjml'), htmlToText: require.resolve('html-to-text') };
    const thread = new Worker(THREAD, { eval: true, workerData });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`The template compiler ended with code ${code}.`)));
  });
}

/** Plain JavaScript in a string, because a thread's file would be found in the build but not in the tests. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const mjml = require(workerData.mjml);
  const { convert } = require(workerData.htmlToText);
  const toHtml = mjml.default ?? mjml;
  const options = { validationLevel: 'soft', keepComments: false, ignoreIncludes: true };
  const textOptions = { wordwrap: false, selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    { selector: 'table', format: 'block' },
  ] };
  const compile = async (source) => {
    try {
      const { html, errors } = await toHtml(source, options);
      return { html, text: convert(html, textOptions), errors: errors.map((e) => 'Line ' + e.line + ': ' + e.message) };
    } catch (error) {
      return { html: '', text: '', errors: [String(error.message ?? error)] };
    }
  };
  Promise.all(workerData.sources.map(compile)).then((all) => parentPort.postMessage(all));
`;
