import type { Label, Metric, Model, Origin, Span, SpanAttribute } from '../../../src/model/model.js';

const origin = {} as Origin;
const repaired: ReadonlySet<string> = new Set();

/** A value for each place in a model where the text of a spec goes; called again and again, in the same order. */
export interface Texts {
  /** Free text: descriptions, help, messages, patterns, values of labels. */
  readonly text: () => string;
  /** A name of words, as metrics, spans, attributes and fields have them. */
  readonly name: () => string;
  /** How many entries a list has. */
  readonly count: () => number;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/**
 * A model with the texts in every place that reaches TypeScript. Names get a number, so that they differ; what a schema would refuse
 * is let in, since encoders must not rely on it.
 */
export function modelOfTexts({ text, name, count }: Texts): Model {
  const labels: Label[] = [
    ...times(1 + count(), (index): Label => {
      const values = new Set(times(1 + count(), (number) => `${text()}${number}`));
      return {
        key: `${name()}_c${index}`,
        wire: `${name()}_c${index}`,
        description: text(),
        bound: { kind: 'closed', values: [...values] },
        origin,
        repaired,
      };
    }),
    ...times(2, (index): Label => ({
      key: `${name()}_o${index}`,
      wire: `${name()}_o${index}`,
      description: text(),
      bound: { kind: index === 0 ? 'open' : 'registered', cap: 20 + index },
      origin,
      repaired,
    })),
  ];
  const metrics = times(3 + count(), (index): Metric => {
    const type = (['counter', 'histogram', 'gauge'] as const)[index % 3] ?? 'counter';
    return {
      name: `${name()}_m${index}`,
      type,
      help: text(),
      unit: text(),
      labels: labels.slice(0, index % (labels.length + 1)),
      buckets: type === 'histogram' ? times(1 + 7 * count(), (number) => (number + 1) * 12.25) : [],
      aggregate: 'sum',
      exemplars: index % 2 === 0,
      init: undefined,
      initialised: index % 2 === 1,
      range: undefined,
      expireAfter: { text: '1h', seconds: 3600 },
      deprecated:
        index % 2 === 0 ? { replacedBy: `${name()}_total`, sunset: text(), reason: text() } : undefined,
      renamedFrom: undefined,
      owner: text(),
      readers: [],
      origin,
      repaired,
    };
  });
  const spans = times(2 + count(), (index): Span => {
    const [label] = labels;
    const attributes = [
      ...labels
        .slice(0, 1 + (index % 3))
        .map((each, number): SpanAttribute => attribute(`${name()}.l${number}`, each)),
      ...times(count(), (number) => attribute(`${name()}.a${number}`, undefined)),
    ];
    return {
      name: `${name()}.s${index}`,
      kind: 'internal',
      description: text(),
      convention: undefined,
      attributes,
      constants: new Map([['gen_ai.operation.name', text()]]),
      record: { count: metrics[0], duration: metrics[1], firstChunk: undefined },
      outcome: label === undefined ? undefined : { label, ok: text(), error: text() },
      children: [],
      origin,
      repaired,
    };
  });
  function attribute(key: string, label: Label | undefined): SpanAttribute {
    return {
      name: key,
      exportedName: `x.${text()}`,
      label,
      type: label === undefined ? 'json' : 'string',
      sensitivity: label === undefined ? 'content' : 'none',
      description: text(),
      origin,
    };
  }
  const events = times(1 + count(), (index) => ({
    name: `${name()}.e${index}`,
    level: 'info' as const,
    category: text(),
    message: text(),
    fields: times(index, (number) => ({ name: `${name()}.f${number}`, type: 'string' as const })),
    origin,
  }));
  return {
    service: { name: text(), namespace: text(), owner: text(), runbooks: undefined, origin },
    target: { typescript: { runtime: 'package', imports: 'js' } },
    labels: new Map(labels.map((label) => [label.key, label])),
    metrics: new Map(metrics.map((metric) => [metric.name, metric])),
    spans: new Map(spans.map((span) => [span.name, span])),
    logs: {
      level: 'info',
      format: 'auto',
      redact: { keys: times(count(), text), patterns: times(count(), text) },
      outputs: { stdout: true, otlp: false, file: undefined },
      pino: false,
      events: new Map(events.map((event) => [event.name, event])),
    },
    sections: {
      health: Object.fromEntries(
        times(count(), (index) => [`${name()}h${index}`, { timeout: '2s', description: text() }]),
      ),
      correlation: { header: text(), accept: [text(), text()], propagateTo: [text()], baggage: [text()] },
      errors: { sentry: { dsnEnv: text(), sampleRate: 0.5, environment: text() } },
      security: {
        events: Object.fromEntries(
          times(1 + count(), (index) => [
            `${name()}.s${index}`,
            {
              severity: 'high',
              description: text(),
              fields: { [`${name()}f`]: 'string' },
              alert: { above: 2, per: '5m', by: `${name()}f` },
            },
          ]),
        ),
        reputation: { lists: [text(), text()] },
        audit: { file: text(), keyEnv: text() },
      },
      cost: { currency: text(), prices: text() },
      traces: {
        limits: { spans: 5, depth: 3 },
        abandonAfter: '5m',
        sampling: {
          head: 0.5,
          environments: Object.fromEntries(times(count(), (index) => [`env${index}`, index / 10])),
        },
      },
    },
  } as unknown as Model;
}
