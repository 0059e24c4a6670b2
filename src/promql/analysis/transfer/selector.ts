import type { Matcher, VectorSelector } from '../../ast.js';
import { bucketMatchers } from '../checks/bucket-matchers.js';
import { cappedValues } from '../checks/capped-values.js';
import { identityMatchers } from '../checks/identity-matchers.js';
import { idleMatchers } from '../checks/idle-matchers.js';
import { plainRegex } from '../checks/plain-regex.js';
import type { SeriesFact } from '../series-fact.js';
import { anything, notNegative } from '../interval.js';
import { adding, type LabelSet } from '../labels.js';
import type { Scope } from '../scope.js';
import { unknownValue, type Nature, type Value } from '../value.js';

const natures: Readonly<Record<SeriesFact['type'], Nature>> = {
  counter: 'counter',
  bucket: 'counter',
  sum: 'counter',
  count: 'counter',
  gauge: 'gauge',
  native: 'native',
  unknown: 'unknown',
};

/** Facts do not change, and neither do the labels of a selector without matchers. */
const unmatched = new WeakMap<SeriesFact, LabelSet>();

function labelsOfFact(fact: SeriesFact): LabelSet | undefined {
  if (fact.labels === undefined) return undefined;
  const known = unmatched.get(fact);
  if (known !== undefined) return known;
  const names = fact.labels.map(({ name }) => name);
  if (fact.type === 'bucket') names.push('le');
  const varying = fact.labels
    .filter(({ values, cap }) => (values?.length ?? cap) > 1)
    .map(({ name }) => name);
  if (fact.type === 'bucket') varying.push('le');
  const labels = new Set(names);
  const made: LabelSet = {
    closed: false,
    labels,
    sure: fact.isOwn ? labels : new Set(),
    varying: new Set(fact.isOwn ? varying : []),
    partial: new Set(),
  };
  unmatched.set(fact, made);
  return made;
}

function pinned(set: LabelSet | undefined, matchers: readonly Matcher[]): LabelSet | undefined {
  let found = set;
  for (const { label, operator, value } of matchers) {
    if (found === undefined || label === '__name__') continue;
    if (operator === '=') found = adding(found, label, value !== '');
    else if (!found.labels.has(label)) found = adding(found, label, false);
  }
  return found;
}

function ofFact(fact: SeriesFact, matchers: readonly Matcher[]): Value {
  const nature = natures[fact.type];
  return {
    ...unknownValue,
    labels: pinned(labelsOfFact(fact), matchers),
    nature,
    buckets: fact.type === 'bucket' ? fact : undefined,
    sources: [fact],
    unit: fact.unit,
    range: fact.range ?? (nature === 'counter' ? notNegative : anything),
    startsEmpty: fact.startsEmpty && matchers.length > 0,
    filtered: nature === 'unknown',
    interval: fact.interval,
  };
}

function nameOf({ metric, matchers }: VectorSelector): string | undefined {
  return metric ?? matchers.find(({ label, operator }) => label === '__name__' && operator === '=')?.value;
}

/** The series that a selector reads. */
export function selector(scope: Scope, expr: VectorSelector): Value {
  const { matchers } = expr;
  const { environment } = scope;
  const name = nameOf(expr);
  const fact = name === undefined ? undefined : environment.series(name);
  const recorded = name === undefined || fact !== undefined ? undefined : environment.recorded(name);
  for (const matcher of matchers) {
    scope.report(
      plainRegex(matcher) ??
        idleMatchers(matcher, fact) ??
        bucketMatchers(matcher, fact, environment.target) ??
        cappedValues(matcher, fact) ??
        identityMatchers(matcher, fact, environment.identity),
    );
  }
  const value =
    fact !== undefined
      ? ofFact(fact, matchers)
      : recorded === undefined
        ? unknownValue
        : {
            ...recorded,
            labels: pinned(recorded.labels, matchers),
            filtered: false,
            pending: undefined,
            asAlert: undefined,
            nan: undefined,
          };
  return expr.range === undefined ? value : { ...value, kind: 'range' };
}
