import type { Rule } from '../../../model/checks/rule.js';
import { ruleEffects } from './effects.js';
import { ruleMatches } from './matches.js';
import { rulePaths } from './paths.js';
import { rulePatterns } from './patterns.js';
import { presetSpans } from './preset-spans.js';
import { ruleNames, ruleRanks } from './ranks.js';
import { ruleReferences } from './references.js';
import { ruleValues } from './values.js';

/** The checks of the section `instrument`, beside those of its references to spans. */
export const instrumentRules: readonly Rule[] = [
  ruleEffects,
  ruleMatches,
  rulePatterns,
  rulePaths,
  ruleReferences,
  ruleValues,
  presetSpans,
  ruleRanks,
  ruleNames,
];
