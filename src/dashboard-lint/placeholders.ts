import { parsePromql } from '../promql/parse.js';
import { durationVariables } from '../promql/scan.js';

/** How the name of a metric begins that a variable stands for. */
const placeholder = 'grafana_variable_';

/** What the parser of queries understands by itself. */
const understood: ReadonlySet<string> = new Set([
  ...durationVariables.map((name) => name.slice(1)),
  '__range_s',
  '__range_ms',
  '__interval_ms',
]);

const string = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/y;
const variable = /\$\{(\w+)(?:[:.][^}]*)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]/y;

/** A duration where one is asked for, the name of a metric or label anywhere else. */
function standIn(name: string, before: string, word: 'name' | 'number'): string {
  if (understood.has(name)) return `$${name}`;
  if (/(?:\[|\boffset\s*-?|:)\s*$/.test(before)) return '5m';
  if (
    /\b(?:(?:top|bottom|limit)k|limit_ratio|(?:histogram_)?quantile(?:_over_time)?)\s*(?:(?:by|without)\s*\([^)]*\)\s*)?\(\s*$/.test(
      before,
    )
  )
    return '1';
  return word === 'number' ? '1' : placeholder + name;
}

function replaced(query: string, word: 'name' | 'number'): string {
  let result = '';
  for (let at = 0; at < query.length;) {
    string.lastIndex = at;
    variable.lastIndex = at;
    const quoted = string.exec(query)?.[0];
    const found = variable.exec(query);
    if (quoted !== undefined) result += quoted;
    else if (found !== null) result += standIn(found[1] ?? found[2] ?? found[3] ?? '', result, word);
    else result += query[at] ?? '';
    at += quoted?.length ?? found?.[0].length ?? 1;
  }
  // `[${__range_s}s]`, from the time before there was a variable for it.
  return result
    .replace(/\[\$__range_s\s*s\b/g, '[$__range')
    .replace(/\[\$__interval_ms\s*ms\b/g, '[$__interval');
}

/**
 * A query with the variables of a dashboard that stand outside of strings replaced by something that can be read: a name, a number or a
 * duration. Variables in strings, and those that the parser knows, stay.
 */
export function filledIn(query: string): string {
  const named = replaced(query, 'name');
  if (!named.includes(placeholder) || parsePromql(named).errors.length === 0) return named;
  const numbered = replaced(query, 'number');
  return parsePromql(numbered).errors.length === 0 ? numbered : named;
}

/** Whether a variable stands for the name, so that nothing can be known of it. */
export function isPlaceholder(name: string | undefined): boolean {
  return name?.startsWith(placeholder) === true;
}
