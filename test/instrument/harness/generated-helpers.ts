import { createHash } from 'node:crypto';
import { typescriptHelpers } from '../../../src/emit/typescript/emitter.js';
import { compileRules } from '../../../src/instrument/rules/compile.js';
import { ruleSetOf } from '../../../src/instrument/rules/rule-set-of.js';
import type { RuleData } from '../../../src/instrument/rules/rule-set.js';
import type { PlanSettings } from '../../../src/instrument/file/file-plan.js';
import { modelOf } from '../../support/model.js';

/** What a spec compiles to, as far as instrumented code needs it. */
export interface Helpers {
  /** Tells specs apart. */
  readonly id: string;
  readonly rules: RuleData;
  /** The generated files, without the runtime. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** The vendored runtime. */
  readonly runtime: readonly { readonly path: string; readonly content: string }[];
}

const known = new Map<string, Helpers>();

/** Compiles a spec, once. */
export function helpersOf(spec: string): Helpers {
  const seen = known.get(spec);
  if (seen !== undefined) return seen;
  const model = modelOf(spec);
  const { value: rules } = compileRules(model);
  if (rules === undefined) throw new Error('the rules do not compile');
  const all = typescriptHelpers.files(model).filter(({ path }) => path.endsWith('.ts'));
  const helpers: Helpers = {
    id: createHash('sha256').update(spec).digest('hex').slice(0, 8),
    rules,
    files: all.filter(({ path }) => !path.startsWith('runtime/')),
    runtime: all.filter(({ path }) => path.startsWith('runtime/')),
  };
  known.set(spec, helpers);
  return helpers;
}

/** Rules as they are asked, for the files of one folder. */
export function settingsFor(spec: string, root: string): PlanSettings {
  return { rules: ruleSetOf(helpersOf(spec).rules), outDir: `${root}/generated`, root };
}
