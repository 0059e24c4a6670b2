import { createRequire } from 'node:module';
import { describe } from 'vitest';

const peers = createRequire(new URL('../peers/models/package.json', import.meta.url));

/** Loads one of the packages that the wrappers are tested with. */
export function peer(name: string): unknown {
  return peers(name);
}

function isMissing(): boolean {
  if (process.env['CI'] !== undefined) return false;
  try {
    peers.resolve('openai');
    return false;
  } catch {
    return true;
  }
}

/** Tests with the real clients; skipped where they are not installed: `npm ci --prefix test/peers/models`. */
export const describeWithPeers = describe.skipIf(isMissing());
