import { parseFile } from '../find/parse-file.js';
import type { FilePlan, PlanSettings } from './file-plan.js';
import { planFile } from './plan-file.js';
import { isSoundText } from './sound.js';
import { mayBeMarked } from './strip/marks.js';
import { stripFile, stripSource } from './strip/strip-file.js';

/**
 * A plan that may be written: the text afterwards parses, and is the text before once everything is taken out again. A plan that does not
 * stand this is made anew without the places that break it.
 */
export function verifiedPlan(plan: FilePlan, settings: PlanSettings): FilePlan {
  const { path, before, after } = plan;
  if (before === after) return plan;
  const bare = stripFile(withoutMark(before), path, settings).text;
  if (isSoundText(withoutMark(after), bare, path, settings)) return plan;
  return planFile({ path, bytes: Buffer.from(before) }, { ...settings, verify: true });
}

/** `--remove`: the file without all that was put into it. Throws a `FileFault` where it cannot be parsed. */
export function removalPlan(
  { path, bytes }: { readonly path: string; readonly bytes: Buffer },
  settings: PlanSettings,
): FilePlan {
  const plain = bytes.toString('utf8');
  if (!mayBeMarked(plain))
    return { path, before: plain, after: plain, placed: [], skipped: [], functions: 0 };
  const { source, text, hasByteOrderMark } = parseFile(path, bytes);
  const mark = hasByteOrderMark ? '\uFEFF' : '';
  const stripped = stripSource(source, path, settings);
  const skipped = stripped.left.map((start) => ({
    code: 'OBS5163' as const,
    message: 'this is not what obs-gen writes, so it is not taken out',
    help: 'remove it by hand',
    start,
    end: start + 1,
    rule: -1,
  }));
  return { path, before: mark + text, after: mark + stripped.text, placed: [], skipped, functions: 0 };
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
