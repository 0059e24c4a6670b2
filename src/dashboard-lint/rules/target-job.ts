import type { Rule } from '../rule.js';
import { scrapeMatcher } from './scrape-matcher.js';

/** Queries show what the variable `job` chose. */
export const targetJob: Rule = {
  id: 'target-job-rule',
  from: 'dashboard-linter',
  check: (board, context) => scrapeMatcher(board, context, 'job'),
};
