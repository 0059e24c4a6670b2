import type { Expr } from '../ast.js';
import { EvaluationError } from './error.js';
import type { Labels, LabelSet } from './labels.js';
import { expandReplacement, wholeMatch } from './regex.js';
import type { Sample } from './sample.js';

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function checked(name: string, what: string): string {
  if (!labelName.test(name)) throw new EvaluationError(`invalid ${what} label name: ${name}`);
  return name;
}

/** label_replace(): where a label matches, another one is set. */
export function labelReplace(
  samples: readonly Sample[],
  target: string,
  replacement: string,
  source: string,
  pattern: string,
): readonly Sample[] {
  const expression = wholeMatch(pattern);
  checked(target, 'destination');
  return samples.map((sample) => {
    const found = expression.exec(sample.labels.get(source));
    return found === null
      ? sample
      : { ...sample, labels: sample.labels.with([[target, expandReplacement(replacement, found)]]) };
  });
}

/** label_join(): a label from the values of others. */
export function labelJoin(
  samples: readonly Sample[],
  target: string,
  separator: string,
  sources: readonly string[],
): readonly Sample[] {
  for (const source of sources) checked(source, 'source');
  checked(target, 'destination');
  return samples.map((sample) => ({
    ...sample,
    labels: sample.labels.with([[target, sources.map((name) => sample.labels.get(name)).join(separator)]]),
  }));
}

/** The labels of what is absent: those that a selector fixes, each once. */
export function labelsOfAbsent(all: Labels, expr: Expr): LabelSet {
  if (expr.kind === 'paren') return labelsOfAbsent(all, expr.expr);
  if (expr.kind !== 'selector') return all.none;
  const fixed = new Map<string, string>();
  const seen = new Set<string>();
  for (const { label, operator, value } of expr.matchers) {
    if (label === '__name__') continue;
    if (operator === '=' && !seen.has(label)) {
      fixed.set(label, value);
      seen.add(label);
    } else fixed.delete(label);
  }
  return all.of(fixed);
}
