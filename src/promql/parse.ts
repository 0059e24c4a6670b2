import { parser } from '@prometheus-io/lezer-promql';
import type { Expr } from './ast.js';
import { Converter } from './convert.js';
import type { Fault } from './fault.js';
import { scan } from './scan.js';
import { syntaxFaults } from './syntax-faults.js';
import { containsError, grammarTree } from './tree.js';

/** More than this many faults of one query help nobody. */
const maxFaults = 10;

/** Nesting beyond which a query is refused: no person writes it, and every later stage descends into it. */
const maxDepth = 100;

export interface Parsed {
  /** Undefined where anything is wrong. */
  readonly expr: Expr | undefined;
  /** In the order of the text. */
  readonly errors: readonly Fault[];
}

/** More operators than this in one query are refused for the same reason. */
const maxOperators = 400;

/** What is too large about a query to be read; strings are measured too, which errs on the safe side by little. */
function excess(text: string): string | undefined {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x28: // ( [ {
      case 0x5b:
      case 0x7b:
        depth += 1;
        if (depth > deepest) deepest = depth;
        break;
      case 0x29: // ) ] }
      case 0x5d:
      case 0x7d:
        depth -= 1;
        break;
    }
  }
  if (deepest > maxDepth) return `brackets are nested more than ${maxDepth} deep`;
  // A text of so few characters cannot hold more.
  if (text.length <= maxOperators) return undefined;
  const operators = text.match(/[-+*/%^<>=!@[]|\b(?:and|or|unless|atan2|offset)\b/gi)?.length ?? 0;
  return operators > maxOperators ? `the query has more than ${maxOperators} operators` : undefined;
}

function refused(text: string, message: string): Parsed {
  return { expr: undefined, errors: [{ code: 'OBS3101', at: { from: 0, to: text.length }, message }] };
}

/**
 * Reads a query. Variables that stand for a duration (`$window`, `$__rate_interval`, `$__interval`, `$__range`) are nodes of their own;
 * a dashboard's variables pass inside strings. Never throws; reports as many faults as can be told apart.
 */
export function parsePromql(text: string): Parsed {
  if (text.trim() === '') return refused(text, 'the query is empty');
  const tooLarge = excess(text);
  if (tooLarge !== undefined) return refused(text, tooLarge);
  const found = scan(text);
  if (found.masked === undefined) return { expr: undefined, errors: sorted(found.faults) };
  const tree = parser.parse(found.masked);
  const read = grammarTree(tree);
  const converter = new Converter(found.masked, found);
  const [top] = read.children;
  const expr = top && converter.expression(top);
  // Most queries have no error, and their tree need not be walked again.
  const syntax = containsError(read) ? syntaxFaults(text, tree.topNode, found) : [];
  const errors = within([...found.faults, ...syntax, ...converter.faults], text);
  if (errors.length > 0) return { expr: undefined, errors: sorted(errors) };
  if (expr !== undefined) return { expr, errors: [] };
  // The grammar saw nothing wrong and no node came out of it: say so rather than pass a query on that nobody understood.
  return refused(text, 'this is no PromQL that obs-gen can read');
}

/** Faults at brackets that were added to close what is open end where the text ends. */
function within(faults: readonly Fault[], { length }: string): readonly Fault[] {
  return faults.map((fault) => ({
    ...fault,
    at: { from: Math.min(fault.at.from, length), to: Math.min(fault.at.to, length) },
  }));
}

function sorted(faults: readonly Fault[]): readonly Fault[] {
  return faults.toSorted((a, b) => a.at.from - b.at.from || a.at.to - b.at.to).slice(0, maxFaults);
}
