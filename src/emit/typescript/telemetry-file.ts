import { camelCase } from '../../encode/names.js';
import {
  booleanLiteral,
  identifier,
  joinCode,
  numberLiteral,
  stringLiteral,
  ts,
} from '../../encode/typescript.js';
import type { Metric, Model } from '../../model/model.js';
import { presetWith } from '../../model/preset-index.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import type { Layout } from './layout.js';
import type { HelperNames } from './names.js';
import {
  breakableProperty,
  inlineObject,
  list,
  objectEntry,
  objectList,
  openObject,
  property,
  propertyLayout,
} from './shapes.js';
import type { Property } from './shapes.js';
import { renderTypeScript } from './view.js';

/** The preset whose metrics describe the process itself. */
const preset = 'node';

/** Generated files that bring a component of the telemetry, and the name under which they export it. */
export interface ComponentExport {
  readonly file: string;
  readonly exportName: string;
}

/** The components that generated files can bring, in the order in which they start. */
export const componentExports: readonly ComponentExport[] = [
  { file: 'correlation', exportName: 'correlationComponent' },
  { file: 'errors', exportName: 'errorsComponent' },
  { file: 'security', exportName: 'securityComponent' },
  { file: 'cost', exportName: 'costComponent' },
  { file: 'gpu', exportName: 'gpuComponent' },
];

/**
 * The text of `telemetry.ts`.
 * @param components of the files that are written for this spec
 */
export function telemetryFile(
  model: Model,
  names: HelperNames,
  style: ImportStyle,
  components: readonly ComponentExport[],
): string {
  const { name, namespace } = model.service;
  const runtime = runtimeSpecifier(style);
  const service = inlineObject([
    breakableProperty('name', stringLiteral(name)),
    ...(namespace === undefined ? [] : [breakableProperty('namespace', stringLiteral(namespace))]),
  ]);
  const process = processMetrics(model, names);
  const redactions = redactionMetric(model);
  return renderTypeScript('telemetry', {
    imports: joinCode(
      [
        ...importValues(['createTelemetry'], runtime),
        ...importTypes(['Telemetry'], runtime),
        ...components.flatMap(({ file, exportName }) =>
          importValues([exportName], besideSpecifier(file, style)),
        ),
        ...importValues(redactions === undefined ? [] : ['labels'], besideSpecifier('labels', style)),
        ...importValues(
          process.length === 0 && redactions === undefined ? [] : ['metrics'],
          besideSpecifier('metrics', style),
        ),
        ...importValues(redacts(model) ? ['redaction'] : [], besideSpecifier('redaction', style)),
      ],
      '\n',
    ),
    service: objectEntry(property('service', service)),
    spans: booleanLiteral(model.spans.size > 0),
    sampling: objectEntry(property('sampling', sampling(model))),
    redaction: redacts(model),
    redactions:
      redactions === undefined ? ts`` : objectEntry(property('redactions', counted(redactions, names))),
    components:
      components.length === 0
        ? ts``
        : objectEntry(
            property('components', list(components.map(({ exportName }) => identifier(exportName)))),
          ),
    process:
      process.length === 0 ? ts`` : objectEntry(property('process', openObject(process.map(propertyLayout)))),
  });
}

/**
 * The metrics of the preset `node`, which the runtime feeds, under the names that it knows them by. One whose help or buckets the spec
 * has changed is fed as well; one whose labels it has changed is another metric.
 */
function processMetrics(model: Model, names: HelperNames): readonly Property[] {
  const metrics = [...model.metrics.values()];
  if (metrics.every(({ origin }) => origin.preset !== preset)) return [];
  return metrics
    .filter(({ name }) => presetWith('metrics', name) === preset)
    .filter(({ labels }) => labels.every(({ key, wire }) => key === `${preset}.${wire}`))
    .map((metric) => breakableProperty(camelCase(metric.name), ts`metrics.${names.metric(metric)}`));
}

/** The metric of the preset `security` that counts what was hidden, where its labels are the preset's own. */
function redactionMetric(model: Model): Metric | undefined {
  const metric = model.metrics.get('security_redactions_total');
  const keys = metric?.labels.map(({ key }) => key).join(' ');
  return keys === 'security.rule security.sink' ? metric : undefined;
}

function counted(metric: Metric, names: HelperNames): Layout {
  const [rules] = metric.labels;
  return inlineObject([
    breakableProperty('counter', ts`metrics.${names.metric(metric)}`),
    ...(rules === undefined ? [] : [breakableProperty('rules', ts`labels.${names.label(rules)}`)]),
  ]);
}

/** Whether the spec hides anything beyond what the runtime knows by itself. */
export function redacts({ logs }: Model): boolean {
  return logs.redact.keys.length + logs.redact.patterns.length > 0;
}

/** The text of `redaction.ts`, which spans and logs read; undefined where it would say nothing. */
export function redactionFile(model: Model, style: ImportStyle): string | undefined {
  if (!redacts(model)) return undefined;
  const { keys, patterns } = model.logs.redact;
  return renderTypeScript('redaction', {
    imports: joinCode(importTypes(['Redaction'], runtimeSpecifier(style)), '\n'),
    keys: objectEntry(property('keys', list(keys.map(stringLiteral)))),
    patterns: objectEntry(property('patterns', list(patterns.map(stringLiteral)))),
  });
}

function sampling(model: Model): Layout {
  const { head = 1, environments = {} } = model.sections.traces?.sampling ?? {};
  const shares = Object.entries(environments).map(([environment, share]) =>
    inlineObject([
      breakableProperty('environment', stringLiteral(environment)),
      property('share', numberLiteral(share)),
    ]),
  );
  return inlineObject([property('head', numberLiteral(head)), property('environments', objectList(shares))]);
}
