import { readFileSync } from 'node:fs';
import { ts } from 'ts-morph';
import { helperNames } from '../../emit/typescript/names.js';
import type { Model } from '../../model/model.js';
import { sha256 } from '../../output/hash.js';
import { splice } from '../edit.js';
import { folderOf } from '../file/folder-facts.js';
import type { PlanSettings } from '../file/file-plan.js';
import { Specifiers } from '../file/specifiers.js';
import type { FileNote } from '../find/file-note.js';
import { listFiles } from '../find/list-files.js';
import { FileFault, parseFile } from '../find/parse-file.js';
import type { RuleSet } from '../rules/rule-set.js';
import { renamedUses } from './helper-uses.js';

/** A file of which something changes. */
export interface RenamedFile {
  readonly path: string;
  /** With the byte order mark where the file has one. */
  readonly before: string;
  readonly after: string;
  /** SHA-256 of the bytes that were read. */
  readonly hash: string;
  readonly count: number;
}

/** A place that has a former name, of something that is not known to be the helpers. */
export interface UnsurePlace {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly name: string;
}

export interface PlannedRenames {
  readonly names: ReadonlyMap<string, string>;
  readonly files: readonly RenamedFile[];
  readonly unsure: readonly UnsurePlace[];
  readonly notes: readonly FileNote[];
  /** Files that were looked at. */
  readonly read: number;
}

/** By the former name of each renamed metric's helper, the name that it has now. */
export function renamedHelpers(model: Model): ReadonlyMap<string, string> {
  const names = helperNames(model);
  return new Map(
    [...model.metrics.values()].flatMap((metric) =>
      metric.renamedFrom === undefined
        ? []
        : [[names.formerMetric(metric) as string, names.metric(metric) as string] as const],
    ),
  );
}

interface Place {
  readonly root: string;
  readonly outDir: string;
  readonly paths: readonly string[];
}

/** What the call sites of renamed metrics become, file by file; nothing is written. */
export async function planRenames(model: Model, place: Place): Promise<PlannedRenames> {
  const names = renamedHelpers(model);
  const { include, exclude } = model.sections.instrument ?? {};
  const listed = await listFiles({ ...place, include, exclude });
  const notes: FileNote[] = [...listed.notes];
  const files: RenamedFile[] = [];
  const unsure: UnsurePlace[] = [];
  // Facts of folders are kept for as long as this object lives.
  const settings: PlanSettings = { ...place, rules: {} as RuleSet };
  for (const { path, absolute } of names.size === 0 ? [] : listed.files) {
    const bytes = readFileSync(absolute);
    if (![...names.keys()].some((name) => bytes.includes(name))) continue;
    try {
      const parsed = parseFile(path, bytes);
      const source = ts.createSourceFile(`/${path}`, parsed.text, ts.ScriptTarget.Latest, true);
      const specifiers = new Specifiers(path, settings, folderOf(path, settings).options);
      const found = renamedUses(source, { names, generated: (specifier) => moduleOf(specifiers, specifier) });
      for (const { name, start } of found.unsure)
        unsure.push({ path, name, line: source.getLineAndCharacterOfPosition(start).line + 1 });
      if (found.edits.length === 0) continue;
      const mark = parsed.hasByteOrderMark ? '\uFEFF' : '';
      const after = mark + splice(parsed.text, found.edits);
      files.push({
        path,
        before: mark + parsed.text,
        after,
        hash: sha256(mark + parsed.text),
        count: found.edits.length,
      });
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      notes.push(error.note);
    }
  }
  return { names, files, unsure, notes, read: listed.files.length };
}

/** The generated module of a specifier; the folder itself is its index. */
function moduleOf(specifiers: Specifiers, specifier: string): string | undefined {
  return specifiers.generated(specifier) ?? specifiers.generated(`${specifier.replace(/\/$/, '')}/index`);
}
