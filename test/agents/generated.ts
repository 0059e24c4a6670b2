import { createRequire } from 'node:module';
import ts from 'typescript';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import * as agentsRuntime from '../../src/runtime/agents/index.js';
import * as costRuntime from '../../src/runtime/cost/index.js';
import type { Agents, PlainRunAttributes } from '../../src/runtime/agents/index.js';
import type { Cost } from '../../src/runtime/cost/index.js';
import * as decoratorsRuntime from '../../src/runtime/decorators/index.js';
import * as correlationRuntime from '../../src/runtime/correlation/index.js';
import * as runtime from '../../src/runtime/index.js';
import { modelOf } from '../support/model.js';

/** A label that is known at start-up. */
interface Registered {
  register(names: readonly string[]): void;
}

/** The helpers of a service with agents. */
export interface AgentHelpers {
  readonly labels: Readonly<Record<string, Registered>>;
  readonly agents: Agents<PlainRunAttributes, string>;
  readonly cost: Cost;
}

const require = createRequire(import.meta.url);

/** Compiles all helpers of a spec, and runs them in this process, on the runtime that the tests import. */
export function helpersOf(yaml: string): AgentHelpers {
  const { modules } = loadHelpers(yaml);
  return Object.assign({}, ...[...modules.values()]) as AgentHelpers;
}

/** Modules that were compiled and run, and the way to add others that import them. */
export interface Loaded {
  readonly modules: ReadonlyMap<string, object>;
  add(source: string, options?: ts.CompilerOptions): object;
}

/** The same, module by module. */
export function loadHelpers(yaml: string): Loaded {
  const known = new Map<string, object>([
    ['./runtime/index.js', runtime],
    ['./runtime/agents/index.js', agentsRuntime],
    ['./runtime/cost/index.js', costRuntime],
    ['./runtime/correlation/index.js', correlationRuntime],
    ['./runtime/decorators/index.js', decoratorsRuntime],
  ]);
  const modules = new Map<string, object>();
  const wanted = ['labels', 'metrics', 'spans', 'correlation', 'cost', 'agents', 'decorators'];
  const files = new Map(typescriptHelpers.files(modelOf(yaml)).map(({ path, content }) => [path, content]));
  const add = (source: string, options: ts.CompilerOptions = {}): object =>
    run(source, new Map([...known, ...modules]), options);
  for (const name of wanted) {
    const content = files.get(`${name}.ts`);
    if (content !== undefined) modules.set(`./${name}.js`, add(content));
  }
  known.set('./index.js', Object.assign({}, ...modules.values()) as object);
  return { modules, add };
}

function run(source: string, modules: ReadonlyMap<string, object>, options: ts.CompilerOptions): object {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, ...options },
  });
  const exported = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is what the compiler wrote
  const load = new Function('require', 'exports', outputText) as (require: unknown, exports: object) => void;
  load((name: string): unknown => modules.get(name) ?? (require(name) as unknown), exported);
  return exported;
}
