import type { ExternalMetric, MetricType } from '../../../model/model.js';
import type { FamilyType } from '../../exposition/page.js';
import { unitWords } from '../otlp/prometheus-name.js';
import type { SeenFamily } from '../seen.js';
import { declared, type RuleContext, type Subject } from './context.js';

const readable: Readonly<Record<FamilyType, string>> = {
  counter: 'a counter',
  gauge: 'a gauge',
  histogram: 'a histogram',
  gaugehistogram: 'a gauge histogram',
  summary: 'a summary',
  info: 'an info',
  stateset: 'a state set',
  unknown: 'untyped',
};

/** What a type is called, with its article. */
export function typeWords(type: FamilyType | MetricType): string {
  return readable[type];
}

/** Whether a type is what the spec says; what says nothing of its type cannot be wrong, and info and state sets are gauges of 1 and 0. */
export function isOfType(seen: FamilyType, wanted: MetricType | 'summary' | 'unknown'): boolean {
  if (seen === 'unknown' || wanted === 'unknown' || seen === wanted) return true;
  return wanted === 'gauge' && (seen === 'info' || seen === 'stateset');
}

/** The type that the source says, against that of the spec. @returns whether it is right */
export function checkType({ tally }: RuleContext, { metric, family }: Subject): boolean {
  if (isOfType(family.type, metric.type)) return true;
  tally.add('OBS6012', metric.name, () => ({
    message: `\`${family.shownName}\` is ${typeWords(family.type)}, and declared as ${typeWords(metric.type)}`,
    range: family.place(family.type),
    related: [declared(metric)],
    help: 'rules, dashboards and helpers are made for the declared type: register it as that, or change `type` in the spec',
  }));
  return false;
}

/** The same for a metric of others. */
export function checkExternalType({ tally }: RuleContext, metric: ExternalMetric, family: SeenFamily): void {
  if (isOfType(family.type, metric.type)) return;
  tally.add('OBS6012', metric.name, () => ({
    message: `\`${family.shownName}\` is ${typeWords(family.type)}, and \`external\` says ${
      metric.type === 'summary' || metric.type === 'unknown' ? metric.type : typeWords(metric.type)
    }`,
    range: family.place(family.type),
    related: [{ range: metric.origin.key, message: `\`${metric.name}\` stands here` }],
    help: 'correct `type` under `external`: queries are checked by it',
  }));
}

/** A unit as one word: `usd`, `seconds`; empty where it says nothing of a unit. */
function unitWord(unit: string): string {
  return unitWords(unit).main.toLowerCase();
}

const sameWord = (a: string, b: string): boolean => a.replace(/s$/, '') === b.replace(/s$/, '');

/** The unit that the source names, against the one in the declared name. */
export function checkUnit({ tally }: RuleContext, { metric, family }: Subject): void {
  if (family.unit === undefined || metric.unit === undefined) return;
  const seen = unitWord(family.unit);
  if (seen === '' || sameWord(seen, metric.unit)) return;
  tally.add('OBS6013', metric.name, () => ({
    message: `\`${family.shownName}\` is in ${seen}, and declared in ${metric.unit ?? ''}`,
    range: family.place(family.unit),
    related: [declared(metric)],
    help: `record it in ${metric.unit ?? ''}: thresholds, buckets and axes are in the declared unit`,
  }));
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').replace(/\.$/, '').trim();

/** The help text; a note alone, since nothing is computed from it. */
export function checkHelp({ tally }: RuleContext, { metric, family }: Subject): void {
  if (family.help === undefined || family.help === '' || folded(family.help) === folded(metric.help)) return;
  tally.add('OBS6015', metric.name, () => ({
    message: `the help of \`${family.shownName}\` is not the one that is declared`,
    range: family.place(family.help),
    related: [{ range: metric.origin.of('help'), message: 'the declared help' }],
    help: 'take over the better of the two',
  }));
}

/** A metric that is to go. */
export function checkDeprecation({ tally, today }: RuleContext, { metric, family }: Subject): void {
  const { deprecated } = metric;
  if (deprecated === undefined) return;
  const { replacedBy, sunset } = deprecated;
  const instead = replacedBy === undefined ? '' : `; \`${replacedBy}\` takes its place`;
  const isPast = sunset !== undefined && sunset <= today;
  const related = [{ range: metric.origin.of('deprecated'), message: 'it is deprecated here' }];
  tally.add(isPast ? 'OBS6017' : 'OBS6016', metric.name, () => ({
    message: isPast
      ? `\`${metric.name}\` is still exposed, although its sunset was on ${sunset}`
      : `\`${metric.name}\` is deprecated and still exposed${instead}`,
    range: family.place(metric.name),
    related,
    help: isPast
      ? `take it out of the service and of the spec${instead}, or move the sunset`
      : `nobody should begin to read it${sunset === undefined ? '' : `; it may be gone from ${sunset} on`}`,
  }));
}
