import type { Diagnostic, Range } from '../../src/diagnostics/diagnostic.js';
import { check } from '../../src/model/checks/index.js';
import type { Model } from '../../src/model/model.js';
import { resolve } from '../../src/model/resolve.js';
import { loadSpecText } from '../../src/spec/load.js';

/** What these tests take for today. */
export const today = '2026-11-20';

/** The model of a spec and what `resolve` and `check` say of it; the schema stage has to be content. */
export function analysed(yaml: string): {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
} {
  const loaded = loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml');
  if (loaded.value === undefined || loaded.diagnostics.length > 0) {
    throw new Error(loaded.diagnostics.map((each) => `${at(each.range)} ${each.message}`).join('\n'));
  }
  const resolved = resolve(loaded.value);
  if (resolved.value === undefined) throw new Error('resolve always makes a model');
  const checked = check(resolved.value, loaded.value, today);
  return { model: resolved.value, diagnostics: [...resolved.diagnostics, ...checked] };
}

/** A range as line:column. */
export function at(range: Range | undefined): string {
  if (range === undefined) return '?';
  const { line, column } = range.source.position(range.start);
  return `${line}:${column}`;
}

/** A finding in a line: code, place, the text that it points at. */
export function shown({ code, range }: Diagnostic): string {
  return `${code} ${at(range)} ${range === undefined ? '' : range.source.text.slice(range.start, range.end)}`;
}
