import type { Browser, BrowserType } from 'playwright-core';
import { BrowserMissing, findChromium } from './chromium.js';

/** Milliseconds for the browser to start. */
const patience = 30_000;

/**
 * playwright-core drives the browser. It is a peer that need not be there, since most people never take pictures.
 * @throws BrowserMissing
 */
async function driver(): Promise<{ readonly chromium: BrowserType }> {
  try {
    return await import('playwright-core');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new BrowserMissing('playwright-core is needed to take pictures', [
      'npm install --save-dev playwright-core',
      'it brings no browser of its own: that of the system is used',
    ]);
  }
}

/** Whether the browser's sandbox has to be off: Chromium refuses to run as root with it. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Starts a browser that nobody sees.
 * @throws BrowserMissing
 */
export async function launchBrowser(env: NodeJS.ProcessEnv): Promise<Browser> {
  const executablePath = findChromium(env);
  const { chromium } = await driver();
  try {
    return await chromium.launch({
      executablePath,
      headless: true,
      chromiumSandbox: !isRoot(),
      timeout: patience,
      // Signals are the caller's business: it closes the browser, and then whatever else there is.
      handleSIGHUP: false,
      handleSIGINT: false,
      handleSIGTERM: false,
      args: [
        // Containers have 64 MiB of shared memory, which is less than a page.
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--disable-background-networking',
        '--hide-scrollbars',
        '--force-color-profile=srgb',
        '--font-render-hinting=none',
      ],
    });
  } catch (error) {
    const said = (error as Error).message;
    const sandbox = /sandbox|namespace/i.test(said) && !isRoot();
    throw new BrowserMissing(`${executablePath} does not start: ${said.split('\n', 1)[0] ?? ''}`, [
      sandbox
        ? 'its sandbox needs user namespaces; a container has to allow them, or run it as root'
        : 'CHROME_PATH=/path/to/chromium names another one',
    ]);
  }
}
