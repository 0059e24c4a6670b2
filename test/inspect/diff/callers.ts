import { neededAttributes } from '../../../src/emit/typescript/span-class.js';
import { helperNames } from '../../../src/emit/typescript/names.js';
import type { Label, Metric, Model, SpanAttribute } from '../../../src/model/model.js';

/** A value that a label takes, as code; each closed one in its turn. */
function valuesOf({ bound }: Label): readonly string[] {
  return bound.kind === 'closed' ? bound.values.map((value) => JSON.stringify(value)) : ["'a' as string"];
}

/** Objects of labels such that every value of every label stands in one of them. */
function labelSets({ labels }: Metric): readonly string[] {
  const count = Math.max(1, ...labels.map((label) => valuesOf(label).length));
  return Array.from({ length: count }, (_, index) => {
    const entries = labels.map((label) => {
      const values = valuesOf(label);
      return `${JSON.stringify(label.wire)}: ${values[index % values.length] ?? ''}`;
    });
    return entries.length === 0 ? '' : `{ ${entries.join(', ')} }`;
  });
}

const updates = {
  counter: [['inc', '1']],
  gauge: [
    ['set', '1'],
    ['inc', '1'],
    ['dec', '1'],
  ],
  histogram: [['observe', '1']],
} as const;

function attributeValue({ label, type }: SpanAttribute): string {
  if (label !== undefined) return valuesOf(label)[0] ?? '';
  if (type.endsWith('[]')) return '[]';
  return { string: "'a'", int: '1', double: '1.5', boolean: 'true', json: '{}' }[type as 'string'];
}

const fieldValues = {
  string: "'a'",
  ip: "'127.0.0.1'",
  int: '1',
  double: '1.5',
  boolean: 'true',
  json: '{}',
};

/** Code that calls every helper of a spec in every way that it allows, as a service would that was written against it. */
export function callerOf(model: Model): string {
  const names = helperNames(model);
  const lines: string[] = [];
  const used = new Set<string>();
  const use = (name: string): string => {
    used.add(name);
    return name;
  };
  for (const label of model.labels.values()) {
    const helper = `${use('labels')}.${names.label(label)}`;
    lines.push(label.bound.kind === 'registered' ? `${helper}.register(['a']);` : `void ${helper};`);
  }
  for (const metric of model.metrics.values())
    for (const [method, value] of updates[metric.type])
      for (const set of labelSets(metric))
        lines.push(
          `${use('metrics')}.${names.metric(metric)}.${method}(${[set, value].filter((each) => each !== '').join(', ')});`,
        );
  for (const metric of model.metrics.values())
    if (metric.renamedFrom !== undefined) lines.push(`void ${use('metrics')}.${names.formerMetric(metric)};`);
  for (const span of model.spans.values()) {
    const needed = neededAttributes(span);
    const attributes = (all: boolean): string => {
      const given = span.attributes.filter((each) => all || needed.has(each));
      return `{ ${given.map((each) => `${JSON.stringify(each.name)}: ${attributeValue(each)}`).join(', ')} }`;
    };
    const outcome = span.outcome === undefined ? '' : `span.outcome(${JSON.stringify(span.outcome.ok)});`;
    const call = `${use('spans')}.${names.span(span)}`;
    for (const all of [true, false])
      lines.push(
        span.attributes.length === 0
          ? `void ${call}((span) => { void span; ${outcome} return 1; });`
          : `void ${call}(${attributes(all)}, (span) => { void span; ${outcome} return 1; });`,
      );
  }
  for (const event of model.logs.events.values()) {
    const fields = event.fields.map(({ name, type }) => `${JSON.stringify(name)}: ${fieldValues[type]}`);
    lines.push(
      `${use('logs')}.${names.event(event)}(${fields.length === 0 ? '' : `{ ${fields.join(', ')} }`});`,
    );
  }
  return `import { ${[...used].sort().join(', ')} } from './index.js';\n\n${lines.join('\n')}\n`;
}
