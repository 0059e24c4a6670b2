import { createRequire } from 'node:module';
import ts from 'typescript';
import * as decorators from '../../src/runtime/decorators/index.js';
import * as runtime from '../../src/runtime/instrument/index.js';
import { loadHelpers } from '../agents/generated.js';
import { edited, withImport, type EditOptions } from './class-harness.js';

const spec = `version: 1
service: { name: classes }
instrument: { style: wrap }
spans: { work: { kind: internal, attributes: { text: { type: string }, size: { type: int } } } }
`;

const { modules } = loadHelpers(spec);
const instrument = { ...decorators, ...runtime, ...modules.get('./spans.js') };
const require = createRequire(import.meta.url);

/** Takes down what a program shows of itself. */
export type Log = (...values: readonly unknown[]) => void;

interface Program {
  readonly main: (log: Log) => unknown;
}

/** What a program logs, and what it ends with. */
export async function logged(source: string, options: ts.CompilerOptions): Promise<readonly string[]> {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, ...options, module: ts.ModuleKind.CommonJS },
  });
  const lines: string[] = [];
  const exported = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is what the compiler wrote
  const load = new Function('require', 'exports', outputText) as (require: unknown, exports: object) => void;
  load(
    (name: string): unknown =>
      name === './generated/instrument.js' ? instrument : (require(name) as unknown),
    exported,
  );
  await (exported as Program).main((...values) => {
    lines.push(values.map(shown).join(' '));
  });
  return lines;
}

/** The same of the program with all members of its classes instrumented. */
export function loggedTraced(
  source: string,
  options: ts.CompilerOptions,
  edit: EditOptions = {},
): Promise<readonly string[]> {
  return logged(withImport(edited(source, edit)), options);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'function') return `function ${value.name} ${value.length}`;
  if (typeof value === 'symbol' || value === undefined) return String(value);
  if (value instanceof Error) return `${value.constructor.name}: ${value.message}`;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return JSON.stringify(value);
}
