import { ts } from '../../encode/typescript.js';
import type { Model } from '../../model/model.js';
import { defineEmitter } from '../emitter.js';
import type { OutputFile } from '../emitter.js';
import { besideSpecifier, importStyle } from './imports.js';
import { labelsFile } from './labels-file.js';
import { logsFile } from './logs-file.js';
import { metricsFile } from './metrics-file.js';
import { helperNames } from './names.js';
import { runtimeFiles } from './runtime-files.js';
import { spansFile } from './spans-file.js';
import { redactionFile, telemetryFile } from './telemetry-file.js';
import { renderTypeScript } from './view.js';

/** The typed helpers that a service imports, and the runtime below them. */
export const typescriptHelpers = defineEmitter({
  id: 'typescript',
  title: 'TypeScript helpers',
  files(model: Model): readonly OutputFile[] {
    const style = importStyle(model.target);
    const names = helperNames(model);
    const parts: readonly (readonly [name: string, content: string | undefined])[] = [
      ['labels', labelsFile(model, names, style)],
      ['metrics', metricsFile(model, names, style)],
      ['spans', spansFile(model, names, style)],
      ['logs', logsFile(model, names, style)],
      ['telemetry', telemetryFile(model, names, style)],
    ];
    const written = parts.flatMap(([name, content]) => (content === undefined ? [] : [{ name, content }]));
    const isRead = written.some(({ name }) => name === 'spans' || name === 'logs');
    const redaction = isRead ? redactionFile(model, style) : undefined;
    return [
      ...written.map(({ name, content }) => ({ path: `${name}.ts`, content })),
      ...(redaction === undefined ? [] : [{ path: 'redaction.ts', content: redaction }]),
      {
        path: 'index.ts',
        content: renderTypeScript('index', {
          exports: written.map(({ name }) => ts`export * from ${besideSpecifier(name, style)};`),
        }),
      },
      ...runtimeFiles(style, [...written.map(({ content }) => content), redaction ?? '']),
    ];
  },
});
