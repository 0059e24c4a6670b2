import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedFile, WritePlan } from '../../output/plan.js';

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Lines that only one of two texts has, counted with their repetitions; a line that moved is no change. */
export function changedLines(
  before: string,
  after: string,
): { readonly added: number; readonly removed: number } {
  const left = new Map<string, number>();
  for (const line of linesOf(before)) left.set(line, (left.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of linesOf(after)) {
    const known = left.get(line) ?? 0;
    if (known === 0) added += 1;
    else left.set(line, known - 1);
  }
  let removed = 0;
  for (const rest of left.values()) removed += rest;
  return { added, removed };
}

/** What stands on disk; a file that cannot be read now will be reported when the plan is carried out. */
function textOnDisk(plan: WritePlan, file: PlannedFile): string {
  if (file.before === undefined) return '';
  try {
    return readFileSync(join(plan.root, file.path), 'utf8');
  } catch {
    return '';
  }
}

function row(plan: WritePlan, file: PlannedFile): string {
  const action = file.action.padEnd('conflict'.length);
  if (file.action === 'conflict') return `${action}  ${file.path}\n`;
  const { added, removed } = changedLines(textOnDisk(plan, file), file.content ?? '');
  const counts = [added > 0 ? `+${added}` : '', removed > 0 ? `-${removed}` : ''].filter(
    (each) => each !== '',
  );
  return `${action}  ${file.path}${counts.length === 0 ? '' : `  ${counts.join(' ')}`}\n`;
}

/** How many files of a plan come under each action. */
export interface FileCounts {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly conflicts: number;
}

export function countActions(plan: WritePlan): FileCounts {
  const count = (...actions: readonly PlannedFile['action'][]): number =>
    plan.entries.filter((file) => actions.includes(file.action)).length;
  return {
    written: count('create', 'update'),
    unchanged: count('same'),
    removed: count('remove'),
    conflicts: count('conflict'),
  };
}

/** One line a file that would change, with the lines that come and go, in the order of the paths. */
export function planRows(plan: WritePlan): string {
  return plan.entries
    .filter((file) => file.action !== 'same')
    .map((file) => row(plan, file))
    .join('');
}
