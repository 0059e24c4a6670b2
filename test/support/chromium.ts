import { describe } from 'vitest';
import { findChromium } from '../../src/preview/browser/chromium.js';

function missingChromium(): boolean {
  try {
    findChromium(process.env);
    return false;
  } catch {
    return process.env['CI'] === undefined;
  }
}

/** Tests that need a browser: skipped, visibly, where there is none; on CI that is a failure. */
export const describeWithChromium = describe.skipIf(missingChromium());
