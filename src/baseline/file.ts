import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import { diagnostic } from '../diagnostics/create.js';
import type { Outcome, Range } from '../diagnostics/diagnostic.js';
import { SourceFile } from '../diagnostics/source-file.js';

/** Findings of one kind at one place that are accepted. */
export interface BaselineEntry {
  /** A path in the spec. */
  readonly at: string;
  readonly code: string;
  /** How many. */
  readonly count: number;
}

/** An entry, and where it stands in the file. */
export interface ReadEntry extends BaselineEntry {
  readonly range: Range;
}

/** The version of the form. */
const version = 1;

function compare(a: BaselineEntry, b: BaselineEntry): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}

/** The text of a baseline: sorted, an entry a line, so that a merge touches the lines that it is about. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  const lines = [...entries].sort(compare).map(({ at, code, count }) => {
    const times = count === 1 ? '' : `, "count": ${count}`;
    return `    { "at": ${JSON.stringify(at)}, "code": ${JSON.stringify(code)}${times} }`;
  });
  const findings = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": ${version},\n  "findings": ${findings}\n}\n`;
}

/** Reads a baseline. What is wrong with it is one diagnostic at its place, and then there is none. */
export function readBaseline(path: string, text: string): Outcome<readonly ReadEntry[]> {
  const source = new SourceFile(path, text);
  const rangeOf = (node: unknown): Range => {
    const [start = 0, end = 0] = (node as Node | undefined)?.range ?? [];
    return { source, start, end };
  };
  const fault = (message: string, range: Range): Outcome<readonly ReadEntry[]> => ({
    value: undefined,
    diagnostics: [
      diagnostic('OBS3710', {
        message,
        range,
        help: 'write it anew with `obs-gen validate --write-baseline`, or correct it',
      }),
    ],
  });
  const whole = { source, start: 0, end: 0 };
  try {
    JSON.parse(text);
  } catch (error) {
    return fault(`the baseline is no JSON: ${(error as Error).message}`, whole);
  }
  // What is JSON is YAML, whose reader knows where everything stands.
  const document = parseDocument(text, { lineCounter: new LineCounter(), logLevel: 'silent' });
  const root = document.contents;
  if (!isMap(root)) return fault('the baseline is no object', whole);
  if (document.get('version') !== version)
    return fault(`the baseline has no \`"version": ${version}\``, rangeOf(root.get('version', true) ?? root));
  const findings = root.get('findings', true);
  if (!isSeq(findings)) return fault('the baseline has no list of `findings`', rangeOf(findings ?? root));
  const entries: ReadEntry[] = [];
  for (const item of findings.items) {
    const range = rangeOf(item);
    const at: unknown = isMap(item) ? item.get('at') : undefined;
    const code: unknown = isMap(item) ? item.get('code') : undefined;
    const count: unknown = isMap(item) ? (item.get('count') ?? 1) : undefined;
    if (typeof at !== 'string' || typeof code !== 'string')
      return fault('an entry of the baseline lacks `at` or `code`', range);
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1)
      return fault('the count of an entry is no whole number above 0', range);
    const place = isMap(item) ? item.get('at', true) : undefined;
    entries.push({ at, code, count, range: isScalar(place) ? rangeOf(place) : range });
  }
  return { value: entries, diagnostics: [] };
}
