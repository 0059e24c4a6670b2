import { LineCounter, isScalar, isSeq, parseAllDocuments, visit } from 'yaml';
import { leafPanels, readBoard } from '../../dashboard-lint/board.js';
import { filledIn } from '../../dashboard-lint/placeholders.js';
import { promTargets } from '../../dashboard-lint/target.js';
import { EvaluationError } from '../../promql/evaluate/error.js';
import { wholeMatch } from '../../promql/evaluate/regex.js';
import { parsePromql } from '../../promql/parse.js';
import { selectors } from '../../promql/walk.js';
import type { Expr } from '../../promql/ast.js';
import type { TextFile } from '../infer/sources/rules.js';

/** A query of a file that no spec made. */
export interface OutsideQuery {
  /** `board.json: panel Queue`, `rules.yaml:12`. */
  readonly where: string;
  readonly expr: Expr;
}

/** What was read of files that somebody keeps by hand, and what could not be read. */
export interface Outside {
  readonly queries: readonly OutsideQuery[];
  /** One sentence each: nothing that may read a metric is left out in silence. */
  readonly faults: readonly string[];
}

/** `label_values(runs_total{agent="x"}, agent)`, `query_result(…)`: the PromQL in what fills a variable. */
function queryOfVariable(query: string): string | undefined {
  const inner = /^\s*(label_values|query_result)\s*\((.*)\)\s*$/s.exec(query);
  if (inner === null) return undefined;
  const [, name, argument = ''] = inner;
  if (name === 'query_result') return argument;
  const comma = argument.lastIndexOf(',');
  return comma < 0 ? undefined : argument.slice(0, comma);
}

/** The queries of a dashboard in Grafana's classic JSON: those of its panels and of its variables. */
export function queriesOfBoard({ path, text }: TextFile): Outside {
  let board;
  try {
    board = readBoard(JSON.parse(text));
  } catch (error) {
    return { queries: [], faults: [`${path} is no JSON: ${(error as Error).message}`] };
  }
  if (board === undefined)
    return { queries: [], faults: [`${path} is no dashboard in Grafana's classic JSON`] };
  const queries: OutsideQuery[] = [];
  const faults: string[] = [];
  for (const panel of leafPanels(board)) {
    for (const { parsed, query } of promTargets(panel)) {
      const where = `${path}: panel ${panel.title === '' ? String(panel.id ?? '') : panel.title}`;
      if (parsed?.expr !== undefined) queries.push({ where, expr: parsed.expr });
      else faults.push(`${where}: the query is no PromQL: ${query}`);
    }
  }
  for (const { name, type, query } of board.variables) {
    const promql = type === 'query' ? queryOfVariable(query) : undefined;
    const expr = promql === undefined ? undefined : parsePromql(filledIn(promql)).expr;
    if (expr !== undefined) queries.push({ where: `${path}: variable ${name}`, expr });
  }
  return { queries, faults };
}

/** The queries of a rule file of Prometheus, or of PrometheusRule objects of Kubernetes, several in a file. */
export function queriesOfRules({ path, text }: TextFile): Outside {
  const lines = new LineCounter();
  const queries: OutsideQuery[] = [];
  const faults: string[] = [];
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
  for (const document of Array.isArray(documents) ? documents : []) {
    const [fault] = document.errors;
    if (fault !== undefined) {
      faults.push(
        `${path}:${lines.linePos(fault.pos[0]).line} is no YAML: ${fault.message.split('\n')[0] ?? ''}`,
      );
      continue;
    }
    const groups = document.getIn(['groups']) ?? document.getIn(['spec', 'groups']);
    if (!isSeq(groups)) {
      if (document.contents !== null) faults.push(`${path} has no groups of rules`);
      continue;
    }
    visit(groups, {
      Pair(_, { key, value }) {
        if (!isScalar(key) || key.value !== 'expr' || !isScalar(value)) return;
        const where = `${path}:${lines.linePos(value.range?.[0] ?? 0).line}`;
        const { expr } = parsePromql(String(value.value).trim());
        if (expr !== undefined) queries.push({ where, expr });
        else faults.push(`${where}: the query is no PromQL`);
      },
    });
  }
  return { queries, faults };
}

/** Whether a query may read a series: by its name, or by a regular expression of names. */
export function mayRead(
  { expr }: OutsideQuery,
  isOfMetric: (series: string) => boolean,
  series: readonly string[],
): boolean {
  return selectors(expr).some(({ metric, matchers }) => {
    if (metric !== undefined) return isOfMetric(metric);
    const name = matchers.find(({ label }) => label === '__name__');
    if (name === undefined) return true;
    if (name.operator === '=') return isOfMetric(name.value);
    if (name.operator !== '=~') return true;
    try {
      const pattern = wholeMatch(name.value);
      return series.some((each) => pattern.test(each));
    } catch (error) {
      if (error instanceof EvaluationError) return true;
      throw error;
    }
  });
}
