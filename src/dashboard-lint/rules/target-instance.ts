import type { Rule } from '../rule.js';
import { scrapeMatcher } from './scrape-matcher.js';

/** Queries show what the variable `instance` chose. */
export const targetInstance: Rule = {
  id: 'target-instance-rule',
  from: 'dashboard-linter',
  check: (board, context) => scrapeMatcher(board, context, 'instance'),
};
