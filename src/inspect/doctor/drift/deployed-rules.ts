import { list, member, number, text, texts } from '../ask/json.js';
import type { Context } from '../check.js';
import { prometheusData } from '../prometheus.js';

/** A rule as Prometheus, or Mimir's ruler, has loaded it. */
export interface DeployedRule {
  readonly kind: 'record' | 'alert';
  readonly name: string;
  readonly query: string;
  /** Seconds. */
  readonly for: number;
  readonly keepFiringFor: number;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** `ok`, `err` or `unknown`. */
  readonly health: string;
  readonly lastError: string;
}

export interface DeployedGroup {
  readonly name: string;
  readonly file: string;
  /** Seconds. */
  readonly interval: number;
  /** Seconds that the last evaluation took. */
  readonly took: number;
  /** Milliseconds since 1970; before 1971 where it was never evaluated. */
  readonly evaluatedAt: number;
  readonly rules: readonly DeployedRule[];
}

function ruleOf(value: unknown): DeployedRule {
  return {
    kind: member(value, 'type') === 'recording' ? 'record' : 'alert',
    name: text(member(value, 'name')),
    query: text(member(value, 'query')),
    for: number(member(value, 'duration')) ?? 0,
    keepFiringFor: number(member(value, 'keepFiringFor')) ?? 0,
    labels: texts(member(value, 'labels')),
    annotations: texts(member(value, 'annotations')),
    health: text(member(value, 'health')),
    lastError: text(member(value, 'lastError')),
  };
}

/**
 * All rule groups: https://prometheus.io/docs/prometheus/latest/querying/api/#rules
 * @throws NoAnswer
 */
export async function deployedGroups(context: Context): Promise<readonly DeployedGroup[]> {
  const data = await prometheusData(context, '/api/v1/rules');
  return list(member(data, 'groups')).map((group) => ({
    name: text(member(group, 'name')),
    file: text(member(group, 'file')),
    interval: number(member(group, 'interval')) ?? 0,
    took: number(member(group, 'evaluationTime')) ?? 0,
    evaluatedAt: Date.parse(text(member(group, 'lastEvaluation'))),
    rules: list(member(group, 'rules')).map(ruleOf),
  }));
}
