import { createRequire } from 'node:module';
import { ts } from 'ts-morph';
import * as runtime from '../../../src/runtime/index.js';
import * as instrumentRuntime from '../../../src/runtime/instrument/index.js';
import { helpersOf } from './generated-helpers.js';

const require = createRequire(import.meta.url);

/** Runs a spec's helpers in this process, on the runtime that the tests import; what `./generated/NAME.js` exports, by that specifier. */
export function loadedHelpers(spec: string): ReadonlyMap<string, object> {
  const files = new Map(
    helpersOf(spec).files.map(({ path, content }) => [`./${path.replace(/\.ts$/, '.js')}`, content]),
  );
  const modules = new Map<string, object>([
    ['./runtime/index.js', runtime],
    ['./runtime/instrument/index.js', instrumentRuntime],
  ]);
  const load = (specifier: string): object => {
    const known = modules.get(specifier);
    if (known !== undefined) return known;
    const content = files.get(specifier);
    if (content === undefined) return require(specifier) as object;
    const exported = {};
    modules.set(specifier, exported);
    const { outputText } = ts.transpileModule(content, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is what the compiler wrote
    (new Function('require', 'exports', outputText) as (require: unknown, exports: object) => void)(
      load,
      exported,
    );
    return exported;
  };
  return new Map(
    ['instrument', 'spans'].flatMap((name) => {
      const module = load(`./${name}.js`);
      return [
        [`./generated/${name}.js`, module],
        [`./generated/${name}`, module],
      ] as const;
    }),
  );
}
