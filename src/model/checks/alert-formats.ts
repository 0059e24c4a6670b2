import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Text } from '../../diagnostics/text.js';
import { templateLabels } from '../../promql/alert-template.js';
import { baseOf } from '../../promql/analysis/units.js';
import { rangeIn } from '../../promql/query.js';
import { analysisOf } from '../analysis.js';
import type { Alert, Model } from '../model.js';
import { unitOf } from '../units.js';
import type { Rule } from './rule.js';
import { plainList } from './words.js';

/** What a text of an alert is filled in with. */
interface Result {
  readonly unit: string | undefined;
  /** Whether it has many digits. */
  readonly fractional: boolean;
  /** Labels that some of the series lack. */
  readonly partial: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

function resultOf(model: Model, { condition, repaired }: Alert): Result | undefined {
  if (repaired.has(condition.form)) return undefined;
  switch (condition.form) {
    case 'ratio':
      return { unit: 'ratio', fractional: true, partial: none, labels: none };
    case 'forecast':
      return { unit: unitOf(condition.metric.name), fractional: true, partial: none, labels: none };
    case 'expr': {
      if (condition.query.expr === undefined) return undefined;
      const { unit, fractional, labels } = analysisOf(model, condition.query.expr, 'alert').value;
      return { unit, fractional, partial: labels?.partial ?? none, labels: labels?.labels ?? none };
    }
    default:
      return undefined;
  }
}

/** What each function takes. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  humanizePercentage: ['ratio', 'seconds/s'],
  humanizeDuration: ['seconds'],
  humanize1024: ['bytes', 'bytes/s'],
};

function formatFor(unit: string | undefined): string {
  if (unit === 'ratio' || unit === 'seconds/s') return 'humanizePercentage';
  return unit === 'seconds' ? 'humanizeDuration' : 'humanize';
}

function inWords(unit: string): string {
  if (unit === 'ratio') return 'a share';
  if (unit === 'percent') return 'percent already';
  return unit === baseOf(unit) ? `in ${unit}` : `in ${baseOf(unit)} per second`;
}

const shown = /\{\{-?\s*(?:\$value|\.Value)\s*(?:\|\s*([A-Za-z0-9]+)\s*)?-?\}\}/g;

function* formats(text: Text, { unit, fractional }: Result): Iterable<Diagnostic> {
  for (const found of text.value.matchAll(shown)) {
    const [whole, format] = found;
    if (format === undefined) {
      if (!fractional) continue;
      const at = { from: found.index, to: found.index + whole.length };
      yield diagnostic('OBS3317', {
        message: 'the value is a fraction and is shown with all its digits',
        range: rangeIn(text, at),
        help: `write {{ $value | ${formatFor(unit)} }}`,
        fix: { range: rangeIn(text, at), text: `{{ $value | ${formatFor(unit)} }}` },
      });
      continue;
    }
    const units = wanted[format];
    if (units === undefined || unit === undefined || units.includes(unit)) continue;
    const from = found.index + whole.lastIndexOf(format);
    const range = rangeIn(text, { from, to: from + format.length });
    yield diagnostic('OBS3156', {
      message: `${format} is for ${format === 'humanizePercentage' ? 'shares' : (units[0] ?? '')}, and the value is ${inWords(unit)}`,
      range,
      help: `use ${formatFor(unit)}`,
      fix: { range, text: formatFor(unit) },
    });
  }
}

function* holes(text: Text, { partial, labels }: Result): Iterable<Diagnostic> {
  if (partial.size === 0) return;
  for (const { name, ...at } of templateLabels(text.value).labels) {
    if (!partial.has(name)) continue;
    const both = [...labels].filter((label) => !partial.has(label));
    yield diagnostic('OBS3144', {
      message: `one side of the \`or\` has no label \`${name}\``,
      range: rangeIn(text, at),
      help: both.length === 0 ? 'no label is on both sides' : `on both sides are ${plainList(both)}`,
    });
  }
}

/** OBS3144, OBS3156, OBS3317: the texts of an alert show what its expression yields. */
export const alertFormats: Rule = function* ({ model }) {
  for (const alert of model.alerts.values()) {
    const result = resultOf(model, alert);
    if (result === undefined) continue;
    for (const key of ['summary', 'description'] as const) {
      const text = alert[key];
      if (text === undefined || alert.repaired.has(key)) continue;
      yield* formats(text, result);
      yield* holes(text, result);
    }
  }
};
