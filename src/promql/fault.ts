import type { Position } from './ast.js';

/** The codes that reading a query can yield. */
export type FaultCode = 'OBS3101' | 'OBS3102' | 'OBS3103' | 'OBS3104' | 'OBS3105' | 'OBS3106' | 'OBS3107';

/** Something wrong in a query, at offsets of its text. */
export interface Fault {
  readonly code: FaultCode;
  readonly at: Position;
  readonly message: string;
  readonly help?: string | undefined;
  /** What to write in the place of `at`. */
  readonly replacement?: string | undefined;
}
