import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Metric, Model } from '../model.js';
import { keyRange } from './places.js';
import type { Rule } from './rule.js';
import { plainList } from './words.js';

/** Whether the calendar has a day. */
export function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

/** OBS3043 for a date that the calendar does not have. */
export function impossibleDay(date: string, range: Diagnostic['range']): Diagnostic | undefined {
  if (isDay(date)) return undefined;
  const [year = 0, month = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return diagnostic('OBS3043', {
    message: `there is no day ${date}`,
    range,
    help: `the last day of that month is ${last}`,
    fix: range === undefined ? undefined : { range, text: last },
  });
}

/** Everything of the spec that still needs a metric. */
function usersOf(metric: Metric, model: Model): string[] {
  const spans = [...model.spans.values()]
    .filter(({ record }) => Object.values(record).includes(metric))
    .map((span) => `span ${span.name}`);
  return [...metric.readers, ...spans];
}

/** OBS3040 to OBS3043: what is deprecated has an end, and is gone by then. */
export const deprecation: Rule = function* (input) {
  for (const metric of input.model.metrics.values()) {
    const { deprecated, origin, name } = metric;
    if (deprecated === undefined || origin.preset !== undefined || metric.repaired.has('deprecated'))
      continue;
    const { sunset } = deprecated;
    if (sunset === undefined) {
      yield diagnostic('OBS3040', {
        message: `\`${name}\` is deprecated, but nobody knows until when`,
        range: keyRange(input, 'metrics', name, 'deprecated'),
        help: 'add a day: `sunset: 2027-06-30`',
      });
      continue;
    }
    const range = origin.of('deprecated', 'sunset');
    const impossible = impossibleDay(sunset, range);
    if (impossible !== undefined) yield impossible;
    else if (sunset <= input.today) yield passed(metric, sunset, range, usersOf(metric, input.model));
  }
};

function passed(
  metric: Metric,
  sunset: string,
  range: Diagnostic['range'],
  users: readonly string[],
): Diagnostic {
  const { name, deprecated } = metric;
  if (users.length === 0) {
    return diagnostic('OBS3041', {
      message: `the sunset of \`${name}\` was on ${sunset}`,
      range,
      help: 'remove the metric, or move its sunset',
    });
  }
  const instead = deprecated?.replacedBy === undefined ? 'another metric' : `\`${deprecated.replacedBy}\``;
  return diagnostic('OBS3042', {
    message: `the sunset of \`${name}\` was on ${sunset}, and ${plainList(users)} still ${users.length === 1 ? 'uses' : 'use'} it`,
    range,
    help: `move ${users.length === 1 ? 'it' : 'them'} to ${instead}, then remove the metric`,
  });
}
