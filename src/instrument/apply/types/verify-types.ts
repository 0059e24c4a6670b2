import { join } from 'node:path';
import { diagnostic } from '../../../diagnostics/create.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import { SourceFile } from '../../../diagnostics/source-file.js';
import { shownPath } from '../../../output/paths.js';
import type { FilePlan } from '../../file/file-plan.js';
import type { Codemod, LeftOut } from '../codemod.js';
import { withoutMark } from '../draft.js';
import type { Place } from '../refusals.js';
import { ProjectTrial, type Blamed } from './project-trial.js';
import { projectFinder, type Project } from './projects.js';

/** Plans that bring no new type error. */
export interface VerifiedPlans {
  readonly files: readonly FilePlan[];
  /** Places that were left out, by the paths of their files. */
  readonly leftOut: ReadonlyMap<string, LeftOut>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Type-checks the changed files before and after, and leaves out the places that bring errors.
 * @param unwritten generated files that are not on disk as the spec has them, by their absolute paths
 */
export function verifyTypes(
  place: Place,
  files: readonly FilePlan[],
  codemod: Codemod,
  unwritten?: ReadonlyMap<string, string>,
): VerifiedPlans {
  const projectOf = projectFinder();
  const byProject = new Map<Project, FilePlan[]>();
  const found: Diagnostic[] = [];
  for (const plan of files) {
    if (plan.before === plan.after) continue;
    const project = projectOf(join(place.root, plan.path));
    if (project === undefined) found.push(unchecked(place, plan));
    else byProject.set(project, [...(byProject.get(project) ?? []), plan]);
  }
  const replaced = new Map<string, FilePlan>();
  const leftOut = new Map<string, LeftOut>();
  for (const [project, plans] of byProject) {
    const trial = new ProjectTrial(project, place, plans, codemod, unwritten);
    const { blamed, remaining } = trial.run();
    for (const each of blamed) found.push(leftOutFor(place, each));
    for (const plan of trial.plans()) replaced.set(plan.path, plan);
    for (const [path, keys] of trial.leftOut()) leftOut.set(path, keys);
    for (const { path, fault } of remaining) {
      found.push(
        diagnostic('OBS5210', {
          message: `\`${shownPath(place.shown, path)}\` would have a new type error: ${fault.message} (TS${fault.code})`,
          range: undefined,
          help: 'build first and see whether tsc accepts the generated folder, or go on with --verify syntax',
        }),
      );
    }
  }
  return {
    files: files.map((plan) => replaced.get(plan.path) ?? plan),
    leftOut,
    diagnostics: found,
  };
}

function leftOutFor(place: Place, { plan, name, line, fault }: Blamed): Diagnostic {
  const source = new SourceFile(shownPath(place.shown, plan.path), withoutMark(plan.before));
  const start = source.lineStarts[line - 1] ?? 0;
  const text = source.line(line);
  const indent = text.length - text.trimStart().length;
  return diagnostic('OBS5209', {
    message: `\`${name}\` is left out, since instrumenting it brings a type error: ${fault.message} (TS${fault.code})`,
    range: { source, start: start + indent, end: start + text.length },
    help: 'an explicit type on it mostly helps, such as the type of what it returns',
  });
}

function unchecked(place: Place, plan: FilePlan): Diagnostic {
  return diagnostic('OBS5213', {
    message: `\`${shownPath(place.shown, plan.path)}\` belongs to no TypeScript project, so it was not type-checked`,
    range: undefined,
    help: 'add it to the `include` of a tsconfig.json above it',
  });
}
