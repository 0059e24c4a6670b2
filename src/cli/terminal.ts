import { painter, type Paint } from '../diagnostics/render/style.js';

/** Writes results: what a script reads. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Writes what is for people: diagnostics, usage errors. */
export function printError(text: string): void {
  process.stderr.write(text);
}

/**
 * Whether a stream gets colour. `NO_COLOR` (any value that is not empty) and `FORCE_COLOR=0` mean no, any other `FORCE_COLOR` yes;
 * otherwise it is for a terminal that can.
 */
export function wantsColor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** The painter for standard error. */
export function errorPaint(): Paint {
  return painter(wantsColor(process.stderr, process.env));
}

/** Shows what is going on, on one line that is wiped afterwards; says nothing where standard error is no terminal. */
export function progress(quiet: boolean): { step(text: string): void; done(): void } {
  if (quiet || !process.stderr.isTTY || process.env['TERM'] === 'dumb') {
    return { step: () => undefined, done: () => undefined };
  }
  const wipe = '\r\u001b[K';
  return {
    step(text) {
      process.stderr.write(wipe + text);
    },
    done() {
      process.stderr.write(wipe);
    },
  };
}
