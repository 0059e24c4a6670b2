import { createRequire } from 'node:module';
import { ts } from 'ts-morph';
import * as runtime from '../../../src/runtime/index.js';

const require = createRequire(import.meta.url);

/** Runs a module's text as CommonJS; `load` gives it what it imports. */
export function run(text: string, load: (specifier: string) => unknown): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const exported = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is a test's own
  (new Function('require', 'exports', outputText) as (require: unknown, exports: object) => void)(
    load,
    exported,
  );
  return exported;
}

/** The helpers of a spec's metrics, on the runtime that the tests import. */
export function loadedMetrics(helpers: ReadonlyMap<string, string>): unknown {
  const modules = new Map<string, unknown>([['./runtime/index.js', runtime]]);
  const load = (specifier: string): unknown => {
    const known = modules.get(specifier);
    if (known !== undefined) return known;
    const text = helpers.get(specifier.replace(/^\.\//, '').replace(/\.js$/, '.ts'));
    if (text === undefined) return require(specifier);
    const loaded = run(text, load);
    modules.set(specifier, loaded);
    return loaded;
  };
  return load('./metrics.js');
}
