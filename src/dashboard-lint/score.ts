import { checklist, type ChecklistLine } from './checklist.js';
import type { Inspection } from './finding.js';

/**
 * How a dashboard does on one line: `passed`, `failed`, or left out of the ratio, because it has nothing that the line is about
 * (`nothing`), because the line compares with a spec and there is none (`spec`), or because only a picture or the roll-out shows it
 * (`elsewhere`).
 */
export type LineState = 'passed' | 'failed' | 'nothing' | 'spec' | 'elsewhere';

export interface LineScore {
  readonly line: ChecklistLine;
  readonly state: LineState;
  /** How many things are wrong. */
  readonly findings: number;
  /** Why things were left out, with how many there were. */
  readonly exempt: ReadonlyMap<string, number>;
}

export interface Score {
  readonly lines: readonly LineScore[];
  readonly passed: number;
  /** The lines that count: passed or failed. */
  readonly counted: number;
}

function lineScore(line: ChecklistLine, { results = [], hasModel }: Inspection): LineScore {
  const own = results.filter(({ rule }) => line.verifiedBy.includes(rule));
  const findings = own.reduce((sum, each) => sum + each.findings.length, 0);
  const looked = own.reduce((sum, each) => sum + each.looked, 0);
  const exempt = new Map<string, number>();
  for (const each of own)
    for (const [reason, count] of each.exempt) exempt.set(reason, (exempt.get(reason) ?? 0) + count);
  const state = (): LineState => {
    if (own.length === 0) return 'elsewhere';
    if (looked > 0) return findings === 0 ? 'passed' : 'failed';
    return line.needsModel === true && !hasModel ? 'spec' : 'nothing';
  };
  return { line, state: state(), findings, exempt };
}

/** How a dashboard does on the checklist, line by line. */
export function score(inspection: Inspection): Score {
  const lines = checklist.map((line) => lineScore(line, inspection));
  const passed = lines.filter(({ state }) => state === 'passed').length;
  return { lines, passed, counted: passed + lines.filter(({ state }) => state === 'failed').length };
}
