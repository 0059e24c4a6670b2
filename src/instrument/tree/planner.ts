import { isAscii } from 'node:buffer';
import { planFile } from '../file/plan-file.js';
import type { FilePlan, PlanSettings } from '../file/file-plan.js';
import { removalPlan } from '../file/verified-plan.js';
import { FileFault } from '../find/parse-file.js';
import { ruleSetOf } from '../rules/rule-set-of.js';
import type { FileResult, PlanInput, TreeOptions } from './tree-plan.js';

/** What a thread has to know to plan files. All but the functions survive a message to a worker. */
export type PlannerOptions = Pick<
  TreeOptions,
  'rules' | 'root' | 'outDir' | 'task' | 'verify' | 'plan' | 'types'
>;

/** What a file that the codemod has written to cannot be without: the end of the generated module's path. */
const markText = '/instrument';

/** The two steps from a file to its plan, for one thread. */
export interface Planner {
  /** Whether there may be something to do: what cannot is never parsed. */
  mayHold(input: PlanInput): boolean;
  plan(input: PlanInput): FileResult;
}

/** Makes the rules ready once, for all files that a thread is given. */
export function plannerOf(options: PlannerOptions): Planner {
  const { root, outDir, task, verify } = options;
  const rules = ruleSetOf(options.rules, options.types);
  const settings: PlanSettings = { rules, root, outDir, verify };
  const planned = options.plan ?? (task === 'remove' ? removalPlan : planFile);
  return {
    mayHold({ path, bytes }) {
      const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
      // A file that was instrumented under rules that are gone has to be looked at as well.
      return text.includes(markText) || (task === 'instrument' && rules.mayMatch(path, text));
    },
    plan: (input) => resultOf(input.path, () => planned(input, settings)),
  };
}

function resultOf(path: string, planned: () => FilePlan): FileResult {
  try {
    return { kind: 'plan', plan: planned() };
  } catch (error) {
    if (error instanceof FileFault) return { kind: 'note', note: error.note };
    return { kind: 'note', note: { code: 'OBS5058', path, message: internalFault(error) } };
  }
}

function internalFault(error: unknown): string {
  const shown = error instanceof Error ? error : new Error(String(error));
  const detail = process.env['OBSGEN_DEBUG'] === undefined ? shown.message : (shown.stack ?? shown.message);
  return `its edits could not be planned: ${detail}`;
}
