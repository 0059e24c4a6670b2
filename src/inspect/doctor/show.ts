import type { Paint } from '../../diagnostics/render/style.js';
import type { CheckReport, DoctorReport } from './report.js';
import type { Verdict } from './verdict.js';

/** Characters of an answer that a terminal would obey. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

function visible(text: string): string {
  return text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const widestVerdict = 'not asked'.length;

const tones = {
  ok: 'help',
  warning: 'warning',
  failed: 'error',
  'not there': 'gutter',
  'not asked': 'gutter',
} as const satisfies Readonly<Record<Verdict, Parameters<Paint>[0]>>;

function rows(check: CheckReport, widestId: number, paint: Paint, isWhole: boolean): readonly string[] {
  const { id, verdict, seen, todo, details = [] } = check;
  const first = `${paint(tones[verdict], verdict.padEnd(widestVerdict))}  ${id.padEnd(widestId)}  ${visible(seen)}`;
  // What is fine is told in one line.
  if (verdict !== 'failed' && verdict !== 'warning' && !isWhole) return [first];
  const indent = ' '.repeat(widestVerdict + widestId + 4);
  return [
    first,
    ...details.map((each) => `${indent}- ${visible(each)}`),
    ...(todo === undefined ? [] : [`${indent}${paint('help', 'to do:')} ${visible(todo)}`]),
  ];
}

function total({ counts, seconds }: DoctorReport): string {
  const parts = (['failed', 'warning', 'ok', 'not asked', 'not there'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map(
      (verdict) => `${counts[verdict]} ${verdict === 'warning' && counts.warning > 1 ? 'warnings' : verdict}`,
    );
  return `${parts.join(', ')}, in ${seconds.toFixed(1)} s`;
}

/** What has to be done comes first; all else in the order of the checks. */
const urgency = { failed: 0, warning: 1, ok: 2, 'not asked': 2, 'not there': 2 } as const satisfies Readonly<
  Record<Verdict, number>
>;

/**
 * The report for people: a line a check, and what to do below what is not fine.
 * @param isWhole whether the details of what is fine are shown too
 */
export function showDoctorReport(report: DoctorReport, paint: Paint, isWhole: boolean): string {
  const widestId = Math.max(0, ...report.checks.map(({ id }) => id.length));
  const checks = report.checks.toSorted((one, other) => urgency[one.verdict] - urgency[other.verdict]);
  const { rules, dashboards, alertmanager } = report.spec;
  return [
    `${report.service}: rules ${rules}, dashboards ${dashboards}, alertmanager ${alertmanager}`,
    ...checks.flatMap((check) => rows(check, widestId, paint, isWhole)),
    total(report),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
