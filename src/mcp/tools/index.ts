import type { Tool } from '../tool.js';
import { build, diff } from './change.js';
import { explain, validate } from './check.js';
import { describe } from './describe.js';
import { findLogs, findMetrics, findSpans } from './find.js';
import { checkQuery } from './query.js';

/** Everything that a coding agent can ask for, what it needs most first. */
export const tools: readonly Tool[] = [
  findMetrics,
  findSpans,
  findLogs,
  describe,
  validate,
  explain,
  checkQuery,
  diff,
  build,
];
