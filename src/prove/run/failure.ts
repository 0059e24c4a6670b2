import { formatPromql, printPromql } from '../../promql/print.js';
import { quoteString } from '../../promql/strings.js';
import type { Check, Scenario } from '../scenario.js';
import type { Complaint } from './promtool-output.js';

/** What is wrong with a test, in the terms of its scenario. */
export interface Failure {
  /** The scenario's name; undefined where the whole file is at fault. */
  readonly scenario: string | undefined;
  readonly because: string | undefined;
  /** The assertion in words: `QueueStuck fires`; or what promtool says. */
  readonly what: string;
  /** Seconds since the start of the scenario. */
  readonly at: number | undefined;
  readonly expected: string | undefined;
  readonly got: string | undefined;
}

const noSpace = (text: string): string => text.replace(/\s+/g, '');

function asksFor(
  check: Check,
  { alert, query }: { readonly alert?: string | undefined; readonly query?: string | undefined },
): boolean {
  if (alert !== undefined) return check.kind === 'identity' && check.alert === alert;
  if (query === undefined || check.kind === 'identity') return false;
  if (check.kind === 'query') return noSpace(formatPromql(check.expr)) === noSpace(query);
  const isCount = /^count\b/.test(query);
  return query.includes(`alertname=${quoteString(check.alert)}`) && isCount === (check.kind === 'firing');
}

function groupText(group: ReadonlyMap<string, string>): string {
  return [...group].map(([label, value]) => `${label}=${value}`).join(', ');
}

/** An assertion in words. */
export function checkText(check: Check): string {
  switch (check.kind) {
    case 'firing': {
      const groups = check.groups.map(groupText).filter((text) => text !== '');
      return `${check.alert} fires${groups.length === 0 ? '' : ` for ${groups.join(' and ')} alone`}`;
    }
    case 'silent':
      return `${check.alert} is silent${check.labels === undefined ? '' : ` for ${groupText(check.labels)}`}`;
    case 'identity':
      return `${check.alert} carries its labels and annotations`;
    case 'query':
      return `\`${printPromql(check.expr)}\``;
  }
}

/** What promtool says against a scenario, told as the scenario tells it; without one, what is wrong with the whole file. */
export function failureOf(complaint: Complaint, scenario?: Scenario): Failure {
  if (complaint.kind !== 'assertion') {
    return {
      scenario: scenario?.name,
      because: undefined,
      what: complaint.text,
      at: undefined,
      expected: undefined,
      got: undefined,
    };
  }
  const { at, expected, got } = complaint;
  const check = scenario?.checks.find((each) => each.at === at && asksFor(each, complaint));
  return {
    scenario: scenario?.name ?? complaint.test,
    because: scenario?.because,
    what: check === undefined ? (complaint.query ?? complaint.alert ?? '') : checkText(check),
    at,
    expected,
    got,
  };
}
