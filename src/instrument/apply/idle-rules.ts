import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import type { FilePlan } from '../file/file-plan.js';
import { actionOf } from '../rules/rule-data.js';
import type { RuleData } from '../rules/rule-set.js';

/**
 * OBS5207 for each rule that no place in the tree fits. Rules of presets are for SDKs that a project may not have, so they are not judged.
 * @param rangeOf where a rule stands in the spec; undefined for one of a preset
 */
export function idleRules(
  rules: RuleData,
  files: readonly FilePlan[],
  rangeOf: (rule: number) => Range | undefined,
): readonly Diagnostic[] {
  const busy = new Set(
    files.flatMap(({ placed, skipped }) => [...placed, ...skipped].map(({ rule }) => rule)),
  );
  return rules.rules.flatMap(({ label }, rule) => {
    const range = rangeOf(rule);
    // One that leaves places alone is never seen at one, and what it keeps others from may be gone for the better.
    if (busy.has(rule) || range === undefined || actionOf(rules, rule) === 'leave') return [];
    return [
      diagnostic('OBS5207', {
        message: `no code fits the rule \`${label}\``,
        range,
        help: 'obs-gen instrument --explain FILE:LINE says why it does not fit a place',
      }),
    ];
  });
}
