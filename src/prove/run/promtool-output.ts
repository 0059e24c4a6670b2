import { parseDuration } from '../../promql/duration.js';

/** What promtool has to say against a test file. */
export type Complaint =
  /** An assertion that does not hold. */
  | {
      readonly kind: 'assertion';
      /** The name of the test, empty where promtool does not say it. */
      readonly test: string;
      /** The alert, or the query, that was asked for. */
      readonly alert: string | undefined;
      readonly query: string | undefined;
      /** Seconds since the start of the test. */
      readonly at: number;
      readonly expected: string;
      readonly got: string;
    }
  /** A rule that cannot be evaluated over these series: what its own operands yield does not match. */
  | { readonly kind: 'evaluation'; readonly text: string }
  /** Anything else: a file that cannot be read, a series or query that is no PromQL. */
  | { readonly kind: 'fault'; readonly text: string };

/** A string as Go quotes it; its escapes are those of JSON but for a few. */
function unquote(text: string): string {
  const json = text.replace(/\\(x[0-9a-f]{2}|[0-7]{3}|[avU'])/gi, '?');
  try {
    return JSON.parse(json) as string;
  } catch {
    return text.slice(1, -1);
  }
}

function trimmed(lines: readonly string[]): string {
  const margin = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)),
    Infinity,
  );
  return lines
    .map((line) => (Number.isFinite(margin) ? line.slice(margin) : line))
    .join('\n')
    .trim();
}

/** `exp: …` and `got: …`, each possibly on several lines. */
function expectation(lines: readonly string[]): { readonly expected: string; readonly got: string } {
  const at = (word: string): number => lines.findIndex((line) => line.trimStart().startsWith(`${word}:`));
  const [exp, got] = [at('exp'), at('got')];
  const part = (from: number, to: number, word: string): string =>
    from < 0
      ? ''
      : trimmed(lines.slice(from, to))
          .replace(new RegExp(`^${word}:\\s*`), '')
          .replace(/,$/, '')
          .trim();
  return { expected: part(exp, got < 0 ? lines.length : got, 'exp'), got: part(got, lines.length, 'got') };
}

/**
 * Reads what promtool writes to standard error about test files (2.42 to 3.x).
 * @param text all of it
 */
export function complaintsOf(text: string): readonly Complaint[] {
  const found: Complaint[] = [];
  let test = '';
  let head: { alert: string | undefined; query: string | undefined; at: number } | undefined;
  let body: string[] = [];
  const close = (): void => {
    if (head !== undefined) {
      found.push({ kind: 'assertion', test, ...head, ...expectation(body) });
      // It is said before each assertion, or, by promtool 2, before those about alerts alone.
      test = '';
    }
    head = undefined;
    body = [];
  };
  for (const line of text.split('\n')) {
    const name = /^ {4}name: (.*),$/.exec(line)?.[1];
    const [, alert, alertTime] = /^ {4}alertname: ?(.*), time: ?(\S+?), ?$/.exec(line) ?? [];
    const [, query, queryTime] = /^ {4}expr: (".*"), time: (\S+?), ?$/.exec(line) ?? [];
    if (name !== undefined) {
      close();
      test = name;
    } else if (alert !== undefined || query !== undefined) {
      close();
      const at = parseDuration((alertTime ?? queryTime ?? '').trim()) ?? 0;
      head = { alert, query: query === undefined ? undefined : unquote(query), at };
    } else if (head !== undefined && /^ {8}/.test(line)) {
      body.push(line);
    } else {
      close();
      const rest = line.trim();
      if (rest === '' || rest === 'FAILED:' || rest === 'SUCCESS') continue;
      found.push({ kind: /^rule: .*, time: .*, err: /.test(rest) ? 'evaluation' : 'fault', text: rest });
    }
  }
  close();
  return found;
}
