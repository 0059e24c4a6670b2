import { ts } from '../../encode/typescript.js';
import type { Model } from '../../model/model.js';
import { defineEmitter } from '../emitter.js';
import type { OutputFile } from '../emitter.js';
import { filesFor } from '../kept-files.js';
import { agentsFile } from './agents-file.js';
import { costFile } from './cost-file.js';
import { decoratorsFile } from './decorators-file.js';
import { besideSpecifier, importStyle } from './imports.js';
import { correlationFile } from './correlation-file.js';
import { errorsFile } from './errors-file.js';
import { gpuFile } from './gpu-file.js';
import { httpFile } from './http-file.js';
import { instrumentFile } from './instrument-file.js';
import { labelsFile } from './labels-file.js';
import { logsFile } from './logs-file.js';
import { metricsFile } from './metrics-file.js';
import { helperNames } from './names.js';
import { registerFile } from './register-file.js';
import { runtimeFiles } from './runtime-files.js';
import { securityFile } from './security-file.js';
import { spansFile } from './spans-file.js';
import { componentExports, redactionFile, telemetryFile } from './telemetry-file.js';
import { renderTypeScript } from './view.js';

function helperFiles(model: Model): readonly OutputFile[] {
  const style = importStyle(model.target);
  const names = helperNames(model);
  const correlation = correlationFile(model, names, style);
  const helpers: readonly (readonly [name: string, content: string | undefined])[] = [
    ['labels', labelsFile(model, names, style)],
    ['metrics', metricsFile(model, names, style)],
    ['spans', spansFile(model, names, style)],
    ['logs', logsFile(model, names, style)],
    ['correlation', correlation],
    ['errors', errorsFile(model, style)],
    ['security', securityFile(model, names, style)],
    ['cost', costFile(model, names, style)],
    ['gpu', gpuFile(model, names, style)],
    ['agents', agentsFile(model, names, style, correlation !== undefined)],
    ['decorators', decoratorsFile(model, style)],
  ];
  const parts = helpers.flatMap(([name, content]) => (content === undefined ? [] : [{ name, content }]));
  const components = componentExports.filter(({ file }) => parts.some(({ name }) => name === file));
  const written = [
    ...parts,
    { name: 'telemetry', content: telemetryFile(model, names, style, components) },
    ...[httpFile(model, names, style)].flatMap((content) =>
      content === undefined ? [] : [{ name: 'http', content }],
    ),
  ];
  const redaction = redactionFile(model, style);
  const instrument = instrumentFile(
    model,
    style,
    parts.map(({ name }) => name),
  );
  return [
    ...written.map(({ name, content }) => ({ path: `${name}.ts`, content })),
    { path: 'register.ts', content: registerFile(style) },
    ...(redaction === undefined ? [] : [{ path: 'redaction.ts', content: redaction }]),
    ...(instrument === undefined ? [] : [{ path: 'instrument.ts', content: instrument }]),
    {
      path: 'index.ts',
      content: renderTypeScript('index', {
        exports: written.map(({ name }) => ts`export * from ${besideSpecifier(name, style)};`),
      }),
    },
    ...runtimeFiles(style, [...written.map(({ content }) => content), redaction ?? '', instrument ?? '']),
  ];
}

/** The typed helpers that a service imports, and the runtime below them. */
export const typescriptHelpers = defineEmitter({
  id: 'typescript',
  title: 'TypeScript helpers',
  files(model: Model): readonly OutputFile[] {
    const { service, target, labels, metrics, spans, logs, sections } = model;
    const parts = { service, target, labels, metrics, spans, logs, sections };
    return filesFor('typescript', parts, () => helperFiles(model));
  },
});
