import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian, and others, put it. */
const PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine; undefined where there is none, which CI does not allow. */
export function chromiumPath(): string | undefined {
  const found = PLACES.find((path) => path && isExecutable(path));
  if (!found && process.env.CI === 'true')
    throw new Error('chromium is missing: the tests of the public pages would be left out (see .ci/run).');
  return found;
}

/** Root has no sandbox to put it in. */
export const startChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run: the next place may be better.
    return false;
  }
}
