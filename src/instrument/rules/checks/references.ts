import { diagnostic } from '../../../diagnostics/create.js';
import { nearest } from '../../../diagnostics/did-you-mean.js';
import type { Diagnostic, Range } from '../../../diagnostics/diagnostic.js';
import type { CheckInput, Rule as Check } from '../../../model/checks/rule.js';
import { inSeconds } from '../../../model/checks/span-records.js';
import { plainList, quotedList, withArticle } from '../../../model/checks/words.js';
import type { Metric } from '../../../model/model.js';
import { presetWith } from '../../../model/preset-index.js';
import { writtenRules, type WrittenRule } from './written-rule.js';

const neededType = { count: 'counter', time: 'histogram' } as const;

/** OBS3002, OBS3007, OBS3008, OBS3030, OBS5007, OBS5009, OBS5010: the metrics and events that rules record, with what they take. */
export const ruleReferences: Check = function* (input) {
  for (const written of writtenRules(input)) {
    yield* metricFindings(input, written, 'count');
    yield* metricFindings(input, written, 'time');
    yield* eventFindings(input, written);
  }
};

function unknown(
  code: 'OBS3002' | 'OBS3007' | 'OBS5007' | 'OBS5010',
  message: string,
  range: Range,
  near: string | undefined,
  otherwise: string,
): Diagnostic {
  const help = near === undefined ? otherwise : `did you mean \`${near}\`?`;
  return diagnostic(code, {
    message,
    range,
    help,
    fix: near === undefined ? undefined : { range, text: near },
  });
}

function* metricFindings(
  { model, spec }: CheckInput,
  written: WrittenRule,
  key: 'count' | 'time',
): Iterable<Diagnostic> {
  const recorded = written.rule[key];
  if (recorded === undefined || written.text(recorded.metric, key, 'metric') === undefined) return;
  const range = written.range(key, 'metric');
  const metric = model.metrics.get(recorded.metric);
  if (metric === undefined) {
    // A broken entry has been reported where it stands.
    if (Object.hasOwn(spec.metrics ?? {}, recorded.metric)) return;
    const preset = presetWith('metrics', recorded.metric);
    const near = preset === undefined ? nearest(recorded.metric, model.metrics.keys()) : undefined;
    const help =
      preset === undefined
        ? 'declare it under `metrics`'
        : `it is part of the preset \`${preset}\`: add \`${preset}\` to \`presets\``;
    yield unknown('OBS3002', `unknown metric \`${recorded.metric}\``, range, near, help);
    return;
  }
  const needed = neededType[key];
  if (metric.repaired.has('type') || metric.repaired.has('labels')) return;
  if (metric.type !== needed) {
    yield diagnostic('OBS3008', {
      message: `\`${metric.name}\` is ${withArticle(metric.type)}, but \`${key}\` of a rule needs ${withArticle(needed)}`,
      range,
      related: [{ range: metric.origin.of('type'), message: `declared as ${withArticle(metric.type)} here` }],
      help:
        key === 'count'
          ? 'name a counter: it is raised by one with each call'
          : 'name a histogram of seconds',
    });
    return;
  }
  const scaled =
    key === 'time' ? inSeconds(metric, range, 'rules record the time of calls in seconds') : undefined;
  if (scaled !== undefined) yield scaled;
  yield* labelFindings(written, key, metric, recorded.labels ?? {});
}

function* labelFindings(
  written: WrittenRule,
  key: 'count' | 'time',
  metric: Metric,
  given: Readonly<Record<string, string>>,
): Iterable<Diagnostic> {
  const names = metric.labels.map(({ wire }) => wire);
  const missing = names.filter((name) => !Object.hasOwn(given, name));
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    // A label's key in the spec may be longer than its name on the wire: `agent.model` for `model`.
    const near = metric.labels.find((label) => label.key === name)?.wire ?? nearest(name, missing);
    const range = written.keyRange(key, 'labels', name);
    const help = names.length === 0 ? 'it has no labels' : `it has ${plainList(names)}`;
    yield unknown('OBS5007', `\`${metric.name}\` has no label \`${name}\``, range, near, help);
    if (near !== undefined && missing.includes(near)) missing.splice(missing.indexOf(near), 1);
  }
  if (missing.length === 0) return;
  yield diagnostic('OBS5009', {
    message: `the rule gives no value to ${missing.length === 1 ? 'the label' : 'the labels'} ${quotedList(missing)} of \`${metric.name}\``,
    range: written.range(key, 'metric'),
    related: [{ range: metric.origin.of('labels'), message: 'its labels are declared here' }],
    help: `add under \`${key}\`: labels: { ${missing.map((name) => `${name}: args.0.${name}`).join(', ')} }, or wherever its value comes from`,
  });
}

function* eventFindings({ model, spec }: CheckInput, written: WrittenRule): Iterable<Diagnostic> {
  const { log } = written.rule;
  if (log === undefined || written.text(log.event, 'log', 'event') === undefined) return;
  const event = model.logs.events.get(log.event);
  const range = written.range('log', 'event');
  if (event === undefined) {
    if (Object.hasOwn(spec.logs?.events ?? {}, log.event)) return;
    const near = nearest(log.event, model.logs.events.keys());
    yield unknown(
      'OBS5010',
      `unknown log event \`${log.event}\``,
      range,
      near,
      'declare it under `logs.events`',
    );
    return;
  }
  const names = event.fields.map(({ name }) => name);
  for (const name of Object.keys(log.fields ?? {})) {
    if (names.includes(name)) continue;
    const help = names.length === 0 ? 'it has no fields' : `it has ${plainList(names)}`;
    const place = written.keyRange('log', 'fields', name);
    yield unknown(
      'OBS3007',
      `the log event \`${event.name}\` has no field \`${name}\``,
      place,
      nearest(name, names),
      help,
    );
  }
}
