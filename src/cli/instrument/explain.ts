import { existsSync, realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { visible } from '../../diagnostics/render/visible.js';
import type { Explanation, Stages, Subject } from '../../instrument/apply/stages.js';
import { isWithin, shownPath } from '../../output/paths.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Format } from '../options.js';
import { print } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** Splits `src/agent.ts:42`, also with a column behind it. */
function readTarget(target: string): { readonly file: string; readonly line: number } {
  const [, file, line] = /^(.+?):(\d{1,9})(?::\d{1,9})?$/.exec(target) ?? [];
  if (file === undefined || line === undefined || Number(line) === 0)
    throw new UsageError(`--explain ${target} names no line`, [
      'write --explain FILE:LINE, as src/agent.ts:42',
    ]);
  return { file, line: Number(line) };
}

/** Says of each place at a line what each rule says of it. */
export function explainPlace(subject: Subject, stages: Stages, target: string, format: Format): ExitCode {
  const { file, line } = readTarget(target);
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  const absolute = realpathSync(file);
  if (!isWithin(subject.place.root, absolute))
    throw new UsageError(`${file} lies outside of the spec's folder, ${subject.place.shown}`);
  const path = relative(subject.place.root, absolute).split(sep).join('/');
  const explanation = stages.explain(path, line);
  if (format === 'json') {
    const { file: whole, places, nearest } = explanation;
    const value = {
      diagnostics: [],
      path: shownPath(subject.place.shown, path),
      line,
      file: whole,
      places,
      nearest,
    };
    print(`${JSON.stringify(value, undefined, 2)}\n`);
  } else print(textOf(explanation, shownPath(subject.place.shown, path), line));
  return exitCodes.fine;
}

function textOf({ places, nearest, file: whole }: Explanation, path: string, line: number): string {
  const rows: string[] = [];
  const shown = visible(path);
  if (whole !== undefined) rows.push(`${shown}: ${visible(whole)}`);
  for (const place of places) {
    rows.push(`${shown}:${place.line}  ${nameOf(place)}`);
    if (place.outcome !== undefined) rows.push(`  ${visible(place.outcome)}`);
    for (const { rule, fits, because } of place.verdicts)
      rows.push(
        `  ${fits ? 'fits' : 'no  '}  ${visible(rule)}${because === '' ? '' : `: ${visible(because)}`}`,
      );
  }
  if (places.length === 0) {
    rows.push(`${shown}:${line} has no function and no call that a rule could mean`);
    if (nearest.length > 0) rows.push('the nearest are:');
    for (const place of nearest) rows.push(`  ${shown}:${place.line}  ${nameOf(place)}`);
  }
  return `${rows.join('\n')}\n`;
}

function nameOf({ kind, name, className }: Explanation['nearest'][number]): string {
  const full = className === undefined || kind === 'call' ? name : `${className}.${name ?? ''}`;
  return full === undefined ? `${kind} without a name` : `${kind} \`${visible(full)}\``;
}
