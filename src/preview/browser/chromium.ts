import { existsSync } from 'node:fs';
import { onPath } from '../../processes/on-path.js';

/** Under which names the systems have it. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
] as const;

/** Where macOS has what is on no PATH. */
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
] as const;

/** Something that pictures need is missing; with the way out, line by line. */
export class BrowserMissing extends Error {
  readonly help: readonly string[];

  constructor(message: string, help: readonly string[]) {
    super(message);
    this.help = help;
  }
}

/**
 * Finds a browser of the system: where CHROME_PATH says, else on the PATH.
 * @throws BrowserMissing
 */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const given = env['CHROME_PATH'];
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given;
    throw new BrowserMissing(`there is no browser at ${given}`, [`CHROME_PATH is set to ${given}`]);
  }
  const found = onPath(names, env) ?? applications.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new BrowserMissing('there is no browser to take pictures with', [
    'Chromium or Chrome is needed: `apt-get install chromium`, `brew install --cask chromium`, or google.com/chrome',
    'where it is not on the PATH, name it: CHROME_PATH=/path/to/chromium',
  ]);
}
