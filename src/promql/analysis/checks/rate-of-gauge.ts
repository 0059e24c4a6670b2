import type { Call } from '../../ast.js';
import { instead, placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** What takes the place of a function of counters for a value that goes up and down. */
const successors: Readonly<Record<string, string>> = { rate: 'deriv', irate: 'idelta', increase: 'delta' };

const natures: Readonly<Record<string, string>> = {
  gauge: 'a gauge',
  rate: 'a rate already',
  increase: 'an increase already',
  quantile: 'a quantile',
  count: 'a number of series',
};

/** OBS3122: functions of counters are given counters. */
export function rateOfGauge(call: Call, arg: Value): Finding | undefined {
  const what = natures[arg.nature];
  if (what === undefined) return undefined;
  const [source] = arg.sources;
  const isPlain = arg.nature === 'gauge' && !arg.combined && source !== undefined;
  const subject = isPlain ? `\`${source.name}\` is a gauge` : `this is ${what}`;
  const successor = successors[call.func];
  return {
    code: 'OBS3122',
    at: isPlain || call.args[0] === undefined ? (call.funcAt ?? placeOf(call)) : placeOf(call.args[0]),
    message: `${call.func}() needs a counter, and ${subject}: each fall would be taken for a reset`,
    help:
      arg.nature === 'gauge' && successor !== undefined
        ? `use ${successor}() for what goes up and down`
        : `take ${call.func}() of the counter itself, and then the rest of it`,
    replacement:
      isPlain && successor !== undefined && call.funcAt !== undefined ? instead(successor) : undefined,
    metrics: isPlain ? [source.metric] : [],
  };
}
