import type { Diagnostic, Outcome } from '../../src/diagnostics/diagnostic.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { loadSpecText } from '../../src/spec/load.js';
import type { LoadedSpec } from '../../src/spec/loaded.js';
import { pace } from '../support/pace.js';

/** The least that makes a spec, to put sections behind. */
export const head = 'version: 1\nservice: { name: shop }\n';

/** Loads one file, or several by their paths of which the first is the main one. */
export function load(files: string | Readonly<Record<string, string>>): Outcome<LoadedSpec> {
  const map = new Map(typeof files === 'string' ? [['spec.yaml', files]] : Object.entries(files));
  const [main = ''] = map.keys();
  return loadSpecText(map, main);
}

/** `OBS2001 3:5-3:9 unknown key ...`, one line for each finding in the order of the file; another file than the main one is named. */
export function lines(diagnostics: readonly Diagnostic[], main = 'spec.yaml'): string[] {
  return diagnostics
    .map((each) => ({ each, ...place(each, main) }))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.offset - b.offset))
    .map(({ each, text }) => `${each.code} ${text} ${each.message}`);
}

function place({ range }: Diagnostic, main: string): { file: string; offset: number; text: string } {
  if (range === undefined) return { file: '', offset: 0, text: '-' };
  const start = range.source.position(range.start);
  const end = range.source.position(range.end);
  const file = range.source.path === main ? '' : `${range.source.path}:`;
  return {
    file,
    offset: range.start,
    text: `${file}${start.line}:${start.column}-${end.line}:${end.column}`,
  };
}

/** The findings of one file. */
export function findings(yaml: string): string[] {
  return lines(load(yaml).diagnostics);
}

/** The text that a finding points to. */
export function pointed({ range }: Diagnostic): string {
  return range === undefined ? '' : range.source.text.slice(range.start, range.end);
}

/** The text with a fix applied; the fix is part of the finding with this code. */
export function applied(yaml: string, code: string): string {
  const fix = load(yaml).diagnostics.find((each) => each.code === code)?.fix;
  if (fix === undefined) throw new Error(`no fix for ${code}`);
  return yaml.slice(0, fix.range.start) + fix.text + yaml.slice(fix.range.end);
}

export const sourceOf = (text: string): SourceFile => new SourceFile('spec.yaml', text);

/** Milliseconds that the processor of a quiet machine would work for: how busy this one is does not matter. */
export function costOf(work: () => void): number {
  const slower = pace();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / slower;
}

/** The least of three: what else the process does at the same time, such as collecting garbage, does not matter. */
export function leastCostOf(work: () => void): number {
  return Math.min(costOf(work), costOf(work), costOf(work));
}
