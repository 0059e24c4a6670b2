import type { Rule } from '../rule.js';
import { scrapeVariable } from './scrape-variable.js';

/** A variable `instance` chooses among what is scraped. */
export const templateInstance: Rule = {
  id: 'template-instance-rule',
  from: 'dashboard-linter',
  check: (board) => scrapeVariable(board, 'instance'),
};
