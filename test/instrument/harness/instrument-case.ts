import type { FilePlan } from '../../../src/instrument/file/file-plan.js';
import { planFile } from '../../../src/instrument/file/plan-file.js';
import { stripFile } from '../../../src/instrument/file/strip/strip-file.js';
import type { Case } from './case-folder.js';
import { settingsFor } from './generated-helpers.js';

/** What the codemod did to a file of a case. */
export interface Done {
  readonly plan: FilePlan | undefined;
  /** Why there is no plan. */
  readonly fault: string | undefined;
  readonly after: string;
  /** The text after a second run. */
  readonly again: string;
  /** The text after everything was taken out. */
  readonly stripped: string;
}

const mark = '\uFEFF';

/** Instruments the files of a case, twice, and takes it all out again. */
export function instrumentCase({ folder, inputs, spec }: Case): ReadonlyMap<string, Done> {
  const settings = settingsFor(spec, folder);
  const done = new Map<string, Done>();
  for (const [path, bytes] of inputs) {
    const before = bytes.toString('utf8');
    try {
      const plan = planFile({ path, bytes }, settings);
      const { after } = plan;
      const again = planFile({ path, bytes: Buffer.from(after) }, settings).after;
      done.set(path, { plan, fault: undefined, after, again, stripped: strip(after, path, settings) });
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      done.set(path, { plan: undefined, fault, after: before, again: before, stripped: before });
    }
  }
  return done;
}

function strip(text: string, path: string, settings: ReturnType<typeof settingsFor>): string {
  const hasMark = text.startsWith(mark);
  const { text: stripped } = stripFile(hasMark ? text.slice(1) : text, path, settings);
  return hasMark ? mark + stripped : stripped;
}
