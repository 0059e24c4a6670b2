import { nearest } from '../../diagnostics/did-you-mean.js';
import { locate, locateKey } from '../../spec/located.js';
import type { Span } from '../model.js';
import { entriesAt, type Context } from './context.js';
import { purposes, referMetric, type MetricTargets } from './metric-references.js';
import { listed, refer, type Targets } from './references.js';

/** `traffic`: each kind of event is counted by a metric of this service. */
function checkTraffic(context: Context, metrics: MetricTargets): void {
  for (const { value, origin, repaired } of entriesAt(context, ['traffic'], context.spec.traffic)) {
    if (repaired.has('metric')) continue;
    referMetric(context, metrics, value.metric, origin.of('metric'), purposes.traffic);
  }
}

/** `security.events`: an alert counts by a field that its event has. */
function checkSecurityAlerts(context: Context): void {
  const events = context.spec.security?.events;
  for (const { name, value, origin, repaired } of entriesAt(context, ['security', 'events'], events)) {
    const by = value.alert?.by;
    const fields = value.fields ?? {};
    if (by === undefined || Object.hasOwn(fields, by) || repaired.has('fields') || repaired.has('alert'))
      continue;
    const names = Object.keys(fields);
    const near = nearest(by, names);
    const range = origin.of('alert', 'by');
    context.report('OBS3007', {
      message: `the security event \`${name}\` has no field \`${by}\``,
      range,
      help:
        near !== undefined
          ? `did you mean \`${near}\`?`
          : names.length > 0
            ? `it has ${listed(names)}; add the field under \`fields\``
            : 'add the field under `fields`',
      fix: near === undefined ? undefined : { range, text: near },
    });
  }
}

/** `instrument.rules`: each opens a span of the spec and sets attributes that the span has. */
function checkInstrumentRules(context: Context, spans: Targets<Span>): void {
  context.spec.instrument?.rules?.forEach((rule, index) => {
    if (rule.span === undefined) return;
    const path = ['instrument', 'rules', index];
    const at = locate(context.loaded.root, [...path, 'span']);
    if (at === undefined || (at.kind === 'scalar' && at.value !== rule.span)) return;
    const span = refer(context, spans, rule.span, at.range);
    if (span === undefined || span.repaired.has('attributes')) return;
    const names = span.attributes.map((attribute) => attribute.name);
    for (const attribute of Object.keys(rule.attributes ?? {})) {
      if (names.includes(attribute)) continue;
      const range = locateKey(context.loaded.root, [...path, 'attributes', attribute])?.range ?? at.range;
      const near = nearest(attribute, names);
      context.report('OBS3007', {
        message: `the span \`${span.name}\` has no attribute \`${attribute}\``,
        range,
        related: [{ range: span.origin.key, message: 'the span is declared here' }],
        help:
          near !== undefined
            ? `did you mean \`${near}\`?`
            : names.length > 0
              ? `it has ${listed(names)}; add the attribute to the span first`
              : 'add the attribute to the span first',
        fix: near === undefined ? undefined : { range, text: near },
      });
    }
  });
}

/** References in the sections that the model keeps as they are written. */
export function checkSections(context: Context, metrics: MetricTargets, spans: Targets<Span>): void {
  checkTraffic(context, metrics);
  checkSecurityAlerts(context);
  checkInstrumentRules(context, spans);
}
