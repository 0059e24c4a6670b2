import type { Call } from '../../ast.js';
import type { Scope } from '../scope.js';
import type { Value } from '../value.js';

/** What a function makes of its arguments. */
export type Transfer = (scope: Scope, call: Call, args: readonly Value[]) => Value;
