import type { Expr } from '../../../src/promql/ast.js';
import { ruleFile } from '../../../src/emit/prometheus/rule-file.js';
import { evaluate, EvaluationError, SeriesStore, type Value } from '../../../src/promql/evaluate/index.js';
import type { RuleGroup } from '../../../src/promql/rule.js';
import { printPromql } from '../../../src/promql/print.js';
import { notation, samplesOf, seriesName, type TestSeries } from '../../../src/prove/series.js';
import { promtool } from '../../support/promtool.js';

/** An expression and when it is asked, in seconds. */
export interface Question {
  readonly expr: Expr;
  readonly at: number;
}

/** Values by labels, as `{a="b"}`; or that evaluation was refused. */
export type Answer = ReadonlyMap<string, number> | 'refused';

/** Seconds between samples, and between evaluations, where there are no rules. */
export const pace = { interval: 30, evaluationInterval: 30, groups: [] };

function labelsText(labels: ReadonlyMap<string, string>): string {
  const pairs = [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(pairs);
}

/** `name{a="b"} 1.5E+00, {} 2E+00`, as promtool prints what it got. */
function parseSamples(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (text === 'nil') return found;
  const sample = /(?:^|, )([a-zA-Z_:][\w:]*)?\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\} ([^ ,]+)/gy;
  for (let each = sample.exec(text); each !== null; each = sample.exec(text)) {
    const labels = new Map<string, string>();
    if (each[1] !== undefined) labels.set('__name__', each[1]);
    for (const [, name = '', value = ''] of (each[2] ?? '').matchAll(/([\w]+)="((?:[^"\\]|\\.)*)"/g))
      labels.set(name, JSON.parse(`"${value}"`) as string);
    const value = each[3] ?? '';
    found.set(labelsText(labels), value === '+Inf' ? Infinity : value === '-Inf' ? -Infinity : Number(value));
  }
  return found;
}

interface Run {
  readonly series: readonly TestSeries[];
  /** Seconds between samples, and between evaluations. */
  readonly interval: number;
  readonly evaluationInterval: number;
  readonly groups: readonly RuleGroup[];
}

/** What promtool answers. It is told to expect what cannot be, and what it says that it got is read. */
export function askPromtool(run: Run, questions: readonly Question[]): readonly Answer[] {
  const document = {
    rule_files: ['rules.yaml'],
    group_eval_order: run.groups.map(({ name }) => name),
    evaluation_interval: `${run.evaluationInterval}s`,
    tests: [
      {
        interval: `${run.interval}s`,
        input_series: run.series.map((each) => ({
          series: seriesName(each),
          values: notation(each.segments),
        })),
        promql_expr_test: questions.map(({ expr, at }) => ({
          // The name that it had before Prometheus 3.
          expr: printPromql(expr).replaceAll('double_exponential_smoothing', 'holt_winters'),
          eval_time: `${Math.round(at * 1000)}ms`,
          exp_samples: [{ labels: '{expected="never"}', value: 1 }],
        })),
      },
    ],
  };
  const { output } = promtool(['test', 'rules', 'test.json'], {
    'test.json': JSON.stringify(document),
    'rules.yaml': ruleFile(run.groups),
  });
  const blocks = output.split(/^ {4}expr: /m).slice(1);
  if (blocks.length !== questions.length)
    throw new Error(`promtool answered ${blocks.length} times: ${output}`);
  return blocks.map((block) => {
    const got = /^ {8}got: (.*)$/m.exec(block);
    return got === null ? 'refused' : parseSamples(got[1] ?? '');
  });
}

/** The series in memory, up to a time in seconds. */
export function storeOf(series: readonly TestSeries[], until: number): SeriesStore {
  const store = new SeriesStore();
  for (const { metric, labels, segments } of series) {
    const named = new Map([['__name__', metric], ...labels]);
    for (const { time, value, stale } of samplesOf(segments, pace.interval)) {
      if (time > until) break;
      if (stale === true) store.markStale(named, time);
      else store.append(named, time, value);
    }
  }
  return store;
}

/** A result to compare. */
export function answer(value: Value): Answer {
  if (value.kind === 'scalar') return new Map([[labelsText(new Map()), value.value]]);
  return new Map(value.samples.map((sample) => [labelsText(sample.labels), sample.value]));
}

export function askOurs(store: SeriesStore, { expr, at }: Question): Answer {
  try {
    return answer(evaluate(expr, store, at, { step: pace.evaluationInterval }));
  } catch (error) {
    if (error instanceof EvaluationError) return 'refused';
    throw error;
  }
}

function agrees(ours: number, theirs: number, tolerance: number): boolean {
  if (Number.isNaN(ours) || Number.isNaN(theirs)) return Number.isNaN(ours) && Number.isNaN(theirs);
  if (ours === theirs) return true;
  return Math.abs(ours - theirs) <= tolerance * Math.max(Math.abs(ours), Math.abs(theirs));
}

/** Where the two answers differ, as text; undefined where they agree. @param tolerance relative; 0: to the last bit */
export function difference(
  question: Question,
  ours: Answer,
  theirs: Answer,
  tolerance: number,
): string | undefined {
  const asked = `${printPromql(question.expr)} at ${question.at}`;
  if (ours === 'refused' || theirs === 'refused')
    return ours === theirs ? undefined : `${asked}: ours ${describe(ours)}, promtool ${describe(theirs)}`;
  const same =
    ours.size === theirs.size &&
    [...ours].every(([labels, value]) => {
      const other = theirs.get(labels);
      return other !== undefined && agrees(value, other, tolerance);
    });
  return same ? undefined : `${asked}: ours ${describe(ours)}, promtool ${describe(theirs)}`;
}

function describe(answer: Answer): string {
  return answer === 'refused' ? answer : [...answer].map((each) => each.join(' ')).join('; ') || 'nothing';
}
