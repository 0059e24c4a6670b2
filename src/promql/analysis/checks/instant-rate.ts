import type { Call } from '../../ast.js';
import { instead, placeOf, type Finding } from '../finding.js';

/** OBS3130: an alert does not hang on the last two samples. */
export function instantRate(call: Call): Finding | undefined {
  if (call.func !== 'irate') return undefined;
  return {
    code: 'OBS3130',
    at: call.funcAt ?? placeOf(call),
    message: 'irate() sees the last two samples only: one quiet moment starts the `for` of the alert anew',
    help: 'use rate()',
    replacement: call.funcAt === undefined ? undefined : instead('rate'),
  };
}
