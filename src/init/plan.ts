import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ciFile, type CiSystem } from './ci-file.js';
import { withSchema } from './editor-settings.js';
import { firstSpec } from './first-spec.js';
import { textOf, type FolderFacts, type PackageManager } from './folder-facts.js';
import { withScripts } from './package-scripts.js';

/** Where the schema stands once obs-gen is installed in a package, as seen from the package. */
export const schemaPath = './node_modules/obs-gen/schemas/observability.v1.schema.json';

export interface InitChoices {
  readonly name: string;
  readonly owner: string | undefined;
  readonly presets: readonly string[];
  readonly ci: CiSystem;
  readonly packageManager: PackageManager;
  readonly editor: 'vscode' | 'none';
  /** A spec that was made of what exists; undefined: the first spec. */
  readonly spec: string | undefined;
}

/** One file of the plan. */
export interface InitStep {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly absolute: string;
  readonly action: 'create' | 'change' | 'keep';
  /** What it is for, or why it is kept. */
  readonly note: string;
  /** Undefined where it is kept. */
  readonly text: string | undefined;
  /** What it held before, so that a change in between is noticed. */
  readonly before: string | undefined;
}

export interface InitPlan {
  readonly steps: readonly InitStep[];
  /** What the user has to do by hand. */
  readonly hints: readonly string[];
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

/** A file that is written where there is none yet. */
function newFile(root: string, absolute: string, text: string, note: string): InitStep {
  const before = textOf(absolute);
  const path = slashed(relative(root, absolute));
  if (before === undefined && !existsSync(absolute))
    return { path, absolute, action: 'create', note, text, before };
  return {
    path,
    absolute,
    action: 'keep',
    note: before === text ? 'it is there' : 'it is there already, and not overwritten',
    text: undefined,
    before,
  };
}

function packageStep({ root, packageText }: FolderFacts, hints: string[]): InitStep[] {
  const absolute = join(root, 'package.json');
  if (packageText === undefined) {
    hints.push(
      'there is no package.json: `npx obs-gen build` compiles the spec, and `npx obs-gen build --check` is for CI',
    );
    return [];
  }
  const scripted = withScripts(packageText);
  const step = { path: 'package.json', absolute, before: packageText };
  if (scripted.kind === 'changed')
    return [{ ...step, action: 'change', note: `scripts ${scripted.added.join(', ')}`, text: scripted.text }];
  return [
    {
      ...step,
      action: 'keep',
      note: scripted.kind === 'same' ? 'the scripts are there' : scripted.reason,
      text: undefined,
    },
  ];
}

function ciSteps(facts: FolderFacts, { ci, packageManager }: InitChoices, hints: string[]): InitStep[] {
  const top = facts.gitRoot ?? facts.root;
  const pipeline = textOf(join(top, '.gitlab-ci.yml'));
  const file = ciFile(ci, packageManager, {
    folder: slashed(relative(top, facts.root)),
    hasPackage: facts.packageText !== undefined,
    // Its own pipeline of an earlier run is none of the user's.
    hasOwnPipeline: pipeline !== undefined && !/^telemetry:/m.test(pipeline),
  });
  if (file === undefined) return [];
  if (file.hint !== undefined && pipeline?.includes(file.path) !== true) hints.push(file.hint);
  return [newFile(facts.root, join(top, file.path), file.text, 'checks each change')];
}

function editorSteps({ root }: FolderFacts, { editor }: InitChoices): InitStep[] {
  if (editor === 'none') return [];
  const absolute = join(root, '.vscode/settings.json');
  const before = textOf(absolute);
  const settings = withSchema(before, schemaPath, 'observability.yaml');
  const step = { path: '.vscode/settings.json', absolute, before };
  if (settings.kind === 'changed')
    return [
      {
        ...step,
        action: before === undefined ? 'create' : 'change',
        note: 'the editor completes and checks the spec',
        text: settings.text,
      },
    ];
  return [
    {
      ...step,
      action: 'keep',
      note: settings.kind === 'same' ? 'it names the schema' : settings.reason,
      text: undefined,
    },
  ];
}

/** A rule of .gitignore that keeps the output out of the repository, although it belongs there. */
function ignoredOutput({ root }: FolderFacts): string | undefined {
  const lines = (textOf(join(root, '.gitignore')) ?? '').split(/\r?\n/);
  return lines.find((line) => /^\/?generated\/?\*{0,2}$/.test(line.trim()));
}

/** Works out what is to be written; nothing is. */
export function initPlan(facts: FolderFacts, choices: InitChoices): InitPlan {
  const hints: string[] = [];
  const spec = choices.spec ?? firstSpec({ ...choices, schema: schemaPath });
  const steps = [
    newFile(facts.root, join(facts.root, 'observability.yaml'), spec, 'the spec'),
    ...packageStep(facts, hints),
    ...ciSteps(facts, choices, hints),
    ...editorSteps(facts, choices),
  ];
  const ignored = ignoredOutput(facts);
  if (ignored !== undefined)
    hints.push(
      `.gitignore has \`${ignored.trim()}\`: remove the line, since generated/ is meant to be checked in and read`,
    );
  return { steps, hints };
}
