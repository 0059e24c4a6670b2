import { parser as logql } from '@grafana/lezer-logql';
import { parser as traceql } from '@grafana/lezer-traceql';
import type { LRParser } from '@lezer/lr';

const parsers: Readonly<Record<'logql' | 'traceql', LRParser>> = { logql, traceql };

/** A fault in LogQL or TraceQL. */
export interface ForeignFault {
  /** Offsets into the query, `to` exclusive; the same where something is missing. */
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** Ranges and steps that a variable stands for, as digits of the same length: the grammar of LogQL knows no variables there. */
function masked(query: string): string {
  return query.replace(
    /(\[\s*)(\$\{?\w+(?::\w+)?\}?)(?=\s*[\]:])/g,
    (_, bracket: string, variable: string) => bracket + 'm'.padStart(variable.length, '1'),
  );
}

function said(query: string, from: number, to: number): string {
  if (query.trim() === '') return 'the query is empty';
  if (to > from) return `unexpected \`${query.slice(from, to)}\``;
  const next = /\S+/.exec(query.slice(from))?.[0];
  return next === undefined ? 'the query ends too early' : `something is missing before \`${next}\``;
}

/** The first thing in a query that its grammar does not take; undefined where there is none. */
export function foreignFault(language: 'logql' | 'traceql', query: string): ForeignFault | undefined {
  // The id of one trace is drawn as that trace.
  if (language === 'traceql' && /^\s*(?:[0-9a-f]{16}){1,2}\s*$/i.test(query)) return undefined;
  let found: ForeignFault | undefined;
  parsers[language].parse(masked(query)).iterate({
    enter({ type, from, to }) {
      if (found === undefined && type.isError) found = { from, to, message: said(query, from, to) };
      return found === undefined;
    },
  });
  return found;
}

/** Brackets with a range, and what stands in them. */
export function rangesOf(
  query: string,
): readonly { readonly text: string; readonly from: number; readonly to: number }[] {
  const strings = query.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, (string) => ' '.repeat(string.length));
  return [...strings.matchAll(/\[([^\][]*)\]/g)].map((match) => {
    const from = match.index + 1;
    const inside = match[1] ?? '';
    return { text: inside.trim(), from, to: from + inside.length };
  });
}
