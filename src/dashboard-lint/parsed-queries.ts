import { parsePromql, type Parsed } from '../promql/parse.js';

/** More than the dashboards of a large spec have. */
const most = 2000;

/** Queries that were read before: whoever edits a spec has its dashboards looked at after each change, and nearly all of their queries stay as they were. */
const known = new Map<string, Parsed>();

/** A query in PromQL, read once for as long as it is asked for. */
export function parsedQuery(text: string): Parsed {
  const parsed = known.get(text) ?? parsePromql(text);
  // What was asked for last stands last.
  known.delete(text);
  known.set(text, parsed);
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) known.delete(oldest);
  return parsed;
}
