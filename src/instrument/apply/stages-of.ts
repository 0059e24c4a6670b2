import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locate } from '../../spec/located.js';
import { loadSpec } from '../../spec/load.js';
import type { FilePlan, PlanSettings } from '../file/file-plan.js';
import { planFile } from '../file/plan-file.js';
import { stripFile } from '../file/strip/strip-file.js';
import { candidatesOf } from '../find/candidates.js';
import { FileFault, parseFile } from '../find/parse-file.js';
import { ruleSetOf } from '../rules/rule-set-of.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { TypeFacts } from '../rules/type-facts.js';
import { planTree } from '../tree/plan-tree.js';
import { chosenPlaces } from './chosen-places.js';
import type { Codemod, LeftOut } from './codemod.js';
import { withoutMark } from './draft.js';
import { explainLine } from './explain-line.js';
import { withoutPlaces } from './left-out.js';
import { noteDiagnostics } from './notes.js';
import { placesOfOthers } from './only-rules.js';
import type { Stages, Subject } from './stages.js';
import { bareProjects, type BareProjects } from './types/bare-projects.js';
import { typeFactsOf } from './types/type-facts-of.js';

/** The stages, made ready for a run. */
export function stagesFor(subject: Subject): Stages {
  const { place, outDir } = subject;
  const { root } = place;
  let projects: BareProjects | undefined;
  let facts: TypeFacts | undefined;
  const bare = (): BareProjects =>
    (projects ??= bareProjects(root, (path, text) => stripFile(text, path, settingsOf(rules)).text));
  const types = (): TypeFacts => (facts ??= typeFactsOf(bare()));
  const rules = ruleSetOf(subject.rules, types);
  const settingsOf = (chosenBy: RuleSet): PlanSettings => ({ rules: chosenBy, outDir, root, verify: true });
  const codemod = codemodOf(subject, rules, settingsOf);

  return {
    codemod,
    projects: bare,
    async planTree(onProgress) {
      const { include, exclude } = subject.model.sections.instrument ?? {};
      const { files, notes, totals } = await planTree({
        root,
        outDir,
        include,
        exclude,
        paths: subject.paths,
        rules: subject.rules,
        task: subject.remove ? 'remove' : 'instrument',
        verify: true,
        jobs: subject.jobs,
        cache: subject.cache ? undefined : false,
        onProgress: (done, total) => {
          onProgress({ done, total });
        },
        ...(subject.only === undefined ? {} : { plan: ({ path, bytes }) => codemod.plan(path, bytes) }),
        ...(rules.needsTypes && !subject.remove ? { types } : {}),
      });
      return {
        files,
        looked: totals.seen,
        functions: totals.functions,
        diagnostics: noteDiagnostics(place, notes),
      };
    },
    explain(path, line) {
      const bytes = readFileSync(join(root, path));
      try {
        const given = parseFile(path, bytes);
        const stripped = stripFile(given.text, path, settingsOf(rules));
        const file = parseFile(path, stripped.text);
        const candidates = candidatesOf(file, rules.wantsCalls);
        const chosen = codemod.places(path, bytes);
        return explainLine({ text: given.text, file, stripped, candidates, chosen }, rules, line);
      } catch (error) {
        if (!(error instanceof FileFault)) throw error;
        return { file: error.note.message, places: [], nearest: [] };
      }
    },
    rangeOf(rule) {
      const label = subject.rules.rules[rule]?.label;
      const { rules: own = [] } = subject.model.sections.instrument ?? {};
      const index = own.findIndex(({ name }, at) => (name ?? `instrument.rules[${at}]`) === label);
      if (index < 0) return undefined;
      const { value: loaded } = loadSpec(subject.specPath);
      if (loaded === undefined) return undefined;
      const path = ['instrument', 'rules', index];
      return locate(loaded.root, [...path, 'match'])?.range ?? locate(loaded.root, path)?.range;
    },
  };
}

function codemodOf({ only }: Subject, rules: RuleSet, settingsOf: (rules: RuleSet) => PlanSettings): Codemod {
  const planBy = (path: string, bytes: Buffer, chosenBy: RuleSet): FilePlan =>
    planFile({ path, bytes }, settingsOf(chosenBy));
  const rulesFor = (path: string, bytes: Buffer, leftOut: LeftOut = new Set()): RuleSet => {
    const others = only === undefined ? [] : placesOfOthers(rules, only, (set) => planBy(path, bytes, set));
    const all = new Set([...leftOut, ...others]);
    return all.size === 0 ? rules : withoutPlaces(rules, all);
  };
  return {
    plan: (path, bytes, leftOut) => planBy(path, bytes, rulesFor(path, bytes, leftOut)),
    places: (path, bytes, leftOut) =>
      chosenPlaces(rulesFor(path, bytes, leftOut), (set) => planBy(path, bytes, set)).places,
    strip(path, bytes) {
      const text = bytes.toString('utf8');
      const bare = withoutMark(text);
      const mark = text.slice(0, text.length - bare.length);
      return mark + stripFile(bare, path, settingsOf(rules)).text;
    },
  };
}
