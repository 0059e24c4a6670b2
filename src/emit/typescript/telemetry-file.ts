import { booleanLiteral, joinCode, numberLiteral, stringLiteral } from '../../encode/typescript.js';
import type { Model } from '../../model/model.js';
import { importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import type { Layout } from './layout.js';
import { breakableProperty, inlineObject, list, objectEntry, objectList, property } from './shapes.js';
import { renderTypeScript } from './view.js';

/** The text of `telemetry.ts`. */
export function telemetryFile(model: Model, style: ImportStyle): string {
  const { name, namespace } = model.service;
  const runtime = runtimeSpecifier(style);
  const service = inlineObject([
    breakableProperty('name', stringLiteral(name)),
    ...(namespace === undefined ? [] : [breakableProperty('namespace', stringLiteral(namespace))]),
  ]);
  return renderTypeScript('telemetry', {
    imports: joinCode(
      [...importValues(['createTelemetry'], runtime), ...importTypes(['Telemetry'], runtime)],
      '\n',
    ),
    service: objectEntry(property('service', service)),
    spans: booleanLiteral(model.spans.size > 0),
    sampling: objectEntry(property('sampling', sampling(model))),
  });
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
