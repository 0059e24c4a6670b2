import type { Rule } from '../rule.js';
import { scrapeVariable } from './scrape-variable.js';

/** A variable `job` chooses among what is scraped. */
export const templateJob: Rule = {
  id: 'template-job-rule',
  from: 'dashboard-linter',
  check: (board) => scrapeVariable(board, 'job'),
};
