import type { Label, Model } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import type { Matcher, VectorSelector } from '../../promql/ast.js';
import { wholeMatch } from '../../promql/evaluate/regex.js';

/** The labels of a series, without its name. */
export type Labels = ReadonlyMap<string, string>;

/** A matcher holds for a value; a label that is missing is empty. @throws EvaluationError for a pattern that is not understood */
export function holds({ operator, value }: Matcher, found: string): boolean {
  switch (operator) {
    case '=':
      return found === value;
    case '!=':
      return found !== value;
    case '=~':
      return wholeMatch(value).test(found);
    case '!~':
      return !wholeMatch(value).test(found);
  }
}

/** Whether a series meets a selector. */
export function selects(selector: VectorSelector, metric: string, labels: Labels): boolean {
  return (
    selector.metric === metric &&
    selector.matchers.every((matcher) =>
      holds(matcher, matcher.label === '__name__' ? metric : (labels.get(matcher.label) ?? '')),
    )
  );
}

/** A text that a simple pattern matches: its alternatives, with digits and letters in the place of classes. */
function samplesOf(pattern: string): readonly string[] {
  const flat = pattern.replace(/^\((?:\?:)?([^()]*)\)$/, '$1');
  return flat.split('|').map((each) =>
    each
      .replace(/^\^|\$$/g, '')
      .replace(/\((?:\?:)?([^()|]*)(?:\|[^()]*)?\)/g, '$1')
      .replace(/\[(.)[^\]]*\]/g, '$1')
      .replace(/\\d/g, '1')
      .replace(/\\w/g, 'a')
      .replace(/(?<!\\)\.[*]/g, 'x')
      .replace(/(?<!\\)\.[+]?/g, '0')
      .replace(/\\(.)/g, '$1')
      .replace(/[+*?]/g, ''),
  );
}

/** Values that matchers name. */
function named(matchers: readonly Matcher[]): readonly string[] {
  return matchers.flatMap(({ operator, value }) =>
    operator === '=' || operator === '!=' ? [value] : samplesOf(value),
  );
}

/** Values of a label that nothing declares: names that are seen to be made up. */
function invented(label: string): readonly string[] {
  if (label === 'le') return ['+Inf'];
  if (label === 'instance') return ['one:9090', 'two:9090'];
  return [`${label}-one`, `${label}-two`];
}

/**
 * The values that tests give a label: those that it has, or those that matchers name and made-up ones. Empty ones are left out: a series
 * has all labels of its metric.
 */
export function valuesOf(
  label: string,
  declared: Label | undefined,
  matchers: readonly Matcher[],
): readonly string[] {
  const own = matchers.filter((matcher) => matcher.label === label);
  if (declared?.bound.kind === 'closed') return declared.bound.values;
  return [...new Set([...named(own).filter((value) => value !== ''), ...invented(label)])];
}

/** The labels that each series of a metric has: its own, those that selectors ask for, what the scrape adds. */
export function labelsOf(
  model: Model,
  metric: string,
  selectors: readonly VectorSelector[],
): ReadonlyMap<string, Label | undefined> {
  const found = seriesNamed(model, metric)?.metric;
  const labels = new Map<string, Label | undefined>();
  if (found !== undefined && 'help' in found) for (const label of found.labels) labels.set(label.wire, label);
  else for (const label of found?.labels ?? []) labels.set(label, undefined);
  for (const { matchers } of selectors)
    for (const { label } of matchers)
      if (label !== '__name__' && !labels.has(label)) labels.set(label, undefined);
  for (const label of model.service.selector.keys()) if (!labels.has(label)) labels.set(label, undefined);
  if (!labels.has('instance')) labels.set('instance', undefined);
  return labels;
}

/** Most combinations of values of the labels that matchers ask for. */
const mostRows = 400;

/** Every choice of one value for each label; the first values come first. */
export function choices(values: ReadonlyMap<string, readonly string[]>): readonly Labels[] {
  let made: readonly Labels[] = [new Map<string, string>()];
  for (const [label, each] of values) {
    made = made
      .flatMap((labels) => each.map((value) => new Map([...labels, [label, value]])))
      .slice(0, mostRows);
  }
  return made;
}

/** A series that a test may feed. */
export interface Row {
  readonly metric: string;
  readonly labels: Labels;
  /** The same for series that differ in labels which no selector asks for. */
  readonly twinOf?: number | undefined;
}

/**
 * Series of a metric: one for each combination of values of the labels that selectors ask for, twice where it has others: once with the
 * first and once with the second value of all of them.
 * @param fixed values of the labels that results are grouped by
 */
export function rowsOf(
  model: Model,
  metric: string,
  selectors: readonly VectorSelector[],
  fixed: Labels,
): readonly Row[] {
  const matchers = selectors.flatMap((selector) => selector.matchers);
  const asked = new Set(matchers.map(({ label }) => label));
  const labels = labelsOf(model, metric, selectors);
  const varied = new Map<string, readonly string[]>();
  const free: [string, readonly string[]][] = [];
  for (const [label, declared] of labels) {
    const value = fixed.get(label);
    if (value !== undefined) varied.set(label, [value]);
    else if (asked.has(label)) varied.set(label, valuesOf(label, declared, matchers));
    else free.push([label, valuesOf(label, declared, [])]);
  }
  return choices(varied).flatMap((chosen, twinOf) =>
    [0, 1].map((index) => ({
      metric,
      twinOf,
      labels: new Map(
        [...labels.keys()].flatMap((label) => {
          const values = free.find(([name]) => name === label)?.[1];
          const value = values === undefined ? chosen.get(label) : (values[index] ?? values[0]);
          return value === undefined ? [] : [[label, value] as const];
        }),
      ),
    })),
  );
}
