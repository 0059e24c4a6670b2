import { printJson, type JsonValue } from '../../encode/json.js';
import type { Finding, Inspection, LineScore, Score } from '../../dashboard-lint/index.js';
import { scoreTable } from '../../dashboard-lint/markdown.js';
import { painter } from '../../diagnostics/render/style.js';
import { visible } from '../../diagnostics/render/visible.js';
import { print, wantsColor } from '../terminal.js';

export const reportFormats = ['pretty', 'json', 'markdown'] as const;

export interface DashboardsArguments {
  readonly files: readonly string[] | undefined;
  readonly spec: string | undefined;
  readonly format: (typeof reportFormats)[number];
  readonly quiet: boolean | undefined;
}

/** One dashboard, looked at. */
export interface InspectedBoard {
  readonly name: string;
  readonly inspection: Inspection;
  readonly score: Score;
}

/** Findings of one rule that are printed; the rest is counted. */
const mostOfARule = 5;

function findingText({ path, message, help }: Finding): string {
  return `  ${visible(path === '' ? 'the dashboard' : path)}: ${visible(message)}\n    help: ${visible(help)}\n`;
}

function byRule(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const each of findings) groups.set(each.rule, [...(groups.get(each.rule) ?? []), each]);
  return groups;
}

function leftOut(lines: readonly LineScore[]): string {
  const why = { nothing: 'nothing to look at', spec: 'needs a spec', elsewhere: 'not in the JSON' } as const;
  return (Object.keys(why) as (keyof typeof why)[])
    .flatMap((state) => {
      const ids = lines.filter((each) => each.state === state).map(({ line }) => line.id);
      return ids.length === 0 ? [] : [`  not counted (${why[state]}): ${ids.join(', ')}\n`];
    })
    .join('');
}

function exemptions(lines: readonly LineScore[]): string {
  return lines
    .flatMap(({ line, exempt }) =>
      [...exempt].map(([reason, count]) => `  exempt (${line.id}, ${count}): ${reason}\n`),
    )
    .join('');
}

function pretty(boards: readonly InspectedBoard[], quiet: boolean): string {
  const paint = painter(wantsColor(process.stdout, process.env));
  return boards
    .map(({ name, inspection, score }) => {
      const rules = [...byRule(inspection.findings)].map(([rule, findings]) => {
        const rest = findings.length - mostOfARule;
        const more = rest > 0 ? `  ${rest} more, not shown; --format json prints everything\n` : '';
        const shown = findings.slice(0, mostOfARule).map(findingText).join('');
        return `${paint('warning', rule)}\n${shown}${more}`;
      });
      if (quiet) return rules.length === 0 ? '' : `${paint('strong', name)}\n${rules.join('')}\n`;
      const head = `${name}: ${score.passed} of ${score.counted} lines`;
      return `${paint('strong', head)}\n${rules.join('')}${exemptions(score.lines)}${leftOut(score.lines)}\n`;
    })
    .join('');
}

function asJson(boards: readonly InspectedBoard[]): JsonValue {
  return {
    dashboards: boards.map(({ name, inspection, score }) => ({
      name,
      passed: score.passed,
      counted: score.counted,
      findings: inspection.findings.map(({ rule, panel, path, message, help }) => ({
        rule,
        panel,
        path,
        message,
        help,
      })),
      lines: score.lines.map(({ line, state, findings, exempt }) => ({
        id: line.id,
        section: line.section,
        state,
        findings,
        exempt: new Map(exempt),
      })),
    })),
  };
}

/** Prints what was found, for people, for programs or for a document. */
export function printReport(boards: readonly InspectedBoard[], { format, quiet }: DashboardsArguments): void {
  if (format === 'json') print(printJson(asJson(boards)));
  else if (format === 'markdown') print(scoreTable(boards));
  else print(pretty(boards, quiet === true));
}
