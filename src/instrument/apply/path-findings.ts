import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import { shownPath } from '../../output/paths.js';
import type { Candidate } from '../candidate.js';
import { candidatesOf } from '../find/candidates.js';
import type { FilePlan } from '../file/file-plan.js';
import type { Insertion } from '../insertion.js';
import { checkPath } from '../paths/check-path.js';
import type { RuleData } from '../rules/rule-set.js';
import type { Codemod, LeftOut } from './codemod.js';
import { bytesOf, withoutMark } from './draft.js';
import { placeKeys } from './left-out.js';
import type { Place } from './refusals.js';
import type { BareProjects } from './types/bare-projects.js';

/** What the labels of rules begin with that a preset brings. */
const presetLabel = 'preset ';

/**
 * OBS5060 for each attribute path that can have no value at a place that it is put into.
 * @param projects asked for types where they are there
 */
export function pathFindings(
  place: Place,
  files: readonly FilePlan[],
  rules: RuleData,
  codemod: Codemod,
  leftOut: ReadonlyMap<string, LeftOut>,
  projects: BareProjects | undefined,
): readonly Diagnostic[] {
  const withPaths = new Set(
    rules.rules.flatMap(({ insertion, label }, rule) =>
      // Rules of presets name what one of several versions of an SDK has: what is not there is no mistake of the project.
      pathsOf(insertion).length > 0 && !label.startsWith(presetLabel) ? [rule] : [],
    ),
  );
  return files
    .filter(({ placed }) => placed.some(({ rule, isKept }) => !isKept && withPaths.has(rule)))
    .flatMap((plan) => findingsIn(place, plan, rules, codemod, leftOut.get(plan.path), projects));
}

function findingsIn(
  place: Place,
  plan: FilePlan,
  rules: RuleData,
  codemod: Codemod,
  leftOut: LeftOut | undefined,
  projects: BareProjects | undefined,
): readonly Diagnostic[] {
  const source = new SourceFile(shownPath(place.shown, plan.path), withoutMark(plan.before));
  const found = projects?.programOf(plan.path);
  const typed = found === undefined ? undefined : typedCandidates(plan.path, found.source);
  return codemod
    .places(plan.path, bytesOf(plan.before), leftOut)
    .flatMap(({ key, rule, candidate, placed }) => {
      const definition = rules.rules[rule];
      if (placed === undefined || placed.isKept || definition === undefined) return [];
      if (definition.label.startsWith(presetLabel)) return [];
      const start = source.lineStarts[placed.line - 1] ?? 0;
      const line = source.line(placed.line);
      const range = {
        source,
        start: start + line.length - line.trimStart().length,
        end: start + line.length,
      };
      const own = typed?.get(key);
      return pathsOf(definition.insertion).flatMap((path) => {
        const finding = checkPath(path, own ?? candidate, own === undefined ? undefined : found?.checker);
        if (finding === undefined) return [];
        const { code, message, help } = finding;
        return [diagnostic(code, { message: `\`${path}\` has no value here: ${message}`, help, range })];
      });
    });
}

function typedCandidates(
  path: string,
  source: Parameters<typeof candidatesOf>[0]['source'],
): ReadonlyMap<string, Candidate> {
  const keyOf = placeKeys();
  const file = { path, text: source.text, hasByteOrderMark: false, source };
  // Keys count functions and calls apart, so it does no harm where calls are not wanted.
  return new Map(candidatesOf(file, true).map((candidate) => [keyOf(candidate), candidate]));
}

function pathsOf({ attributes, count, time, log }: Insertion): readonly string[] {
  const entries = [...attributes, ...(count?.labels ?? []), ...(time?.labels ?? []), ...(log?.fields ?? [])];
  return [...new Set(entries.map(([, path]) => path))];
}
