import ts from 'typescript';
import { importStyle } from '../../../src/emit/typescript/imports.js';
import { labelsFile } from '../../../src/emit/typescript/labels-file.js';
import { metricsFile } from '../../../src/emit/typescript/metrics-file.js';
import { helperNames } from '../../../src/emit/typescript/names.js';
import * as runtime from '../../../src/runtime/index.js';
import { modelOf } from '../../support/model.js';

/** The helpers of a spec. */
export interface Generated {
  /** By name in the helpers. */
  readonly labels: Readonly<Record<string, runtime.Label<string>>>;
  /** By name in the helpers. */
  readonly metrics: Readonly<Record<string, unknown>>;
}

/** Compiles the labels and metrics of a spec, and runs them in this process, on the runtime that the tests import. */
export function generated(yaml: string): Generated {
  const model = modelOf(yaml);
  const names = helperNames(model);
  const style = importStyle(model.target);
  const labels = run(labelsFile(model, names, style) ?? '', {});
  const metrics = run(metricsFile(model, names, style) ?? '', labels);
  return { ...labels, ...metrics } as unknown as Generated;
}

function run(source: string, labels: object): object {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const modules: Readonly<Record<string, object>> = { './runtime/index.js': runtime, './labels.js': labels };
  const exported = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is what the compiler wrote
  const load = new Function('require', 'exports', outputText) as (require: unknown, exports: object) => void;
  load((name: string) => modules[name], exported);
  return exported;
}
