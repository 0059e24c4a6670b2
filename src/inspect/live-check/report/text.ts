import type { Paint } from '../../../diagnostics/render/style.js';
import { visible } from '../../../diagnostics/render/visible.js';
import { plainList, plural } from '../../../model/checks/words.js';
import { percent, shareOf } from '../coverage.js';
import type { Counts, LiveCheckResult } from '../live-check.js';
import { adviceOf, labelRows } from './label-rows.js';

/** Labels and unseen names that are shown; --format json has all. */
const most = 15;

/** `1,200 samples, 30 spans and 4 log records`; what none came of is left out. */
export function countsText({ samples, spans, records }: Counts): string {
  const parts = [
    ...(samples > 0 ? [plural(samples, 'sample')] : []),
    ...(spans > 0 ? [plural(spans, 'span')] : []),
    ...(records > 0 ? [plural(records, 'log record')] : []),
  ];
  return parts.length === 0 ? 'nothing' : plainList(parts);
}

function columns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return rows
    .map((row) => {
      const cells = row.map((cell, index) =>
        right.has(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      );
      return `  ${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}

function coverageText({ coverage, external }: LiveCheckResult): string {
  const rows: string[][] = coverage.map((each) => {
    const all = each.seen.length + each.unseen.length;
    return [each.signal, String(each.seen.length), 'of', String(all), percent(shareOf(each))];
  });
  if (external.seen > 0)
    rows.push(['metrics of others', String(external.seen), 'of', String(external.declared), '']);
  const unseen = coverage.flatMap(({ signal, unseen: names }) => {
    if (names.length === 0) return [];
    const more = names.length > most ? ` and ${names.length - most} more` : '';
    return [`  never seen of ${signal}: ${names.slice(0, most).join(', ')}${more}\n`];
  });
  return columns(rows, new Set([1, 3, 4])) + unseen.join('');
}

function labelText({ observed }: LiveCheckResult): string {
  const all = labelRows(observed);
  const rows = all
    .slice(0, most)
    .map((row) => [
      row.key === row.wire ? row.key : `${row.key} (${row.wire})`,
      row.kind,
      `${row.isAtLeast ? '>' : ''}${row.seen}`,
      'of',
      String(row.bound),
      adviceOf(row),
    ]);
  const rest =
    all.length > most ? `  ${plural(all.length - most, 'label')} more; --format json has all\n` : '';
  return columns([['', '', 'values', '', 'bound', ''], ...rows], new Set([2, 4])) + rest;
}

/** `; 2 findings accepted by the spec`. */
export function acceptedText({ accepted }: Pick<LiveCheckResult, 'accepted'>): string {
  return accepted === 0 ? '' : `; ${plural(accepted, 'finding')} accepted by the spec`;
}

/** The report for people; findings are printed apart from it. */
export function liveCheckText(service: string, result: LiveCheckResult, paint: Paint): string {
  const section = (title: string, text: string): string =>
    text === '' ? '' : `\n${paint('strong', title)}\n${text}`;
  return [
    `${paint('strong', visible(service))}: ${countsText(result.counts)} looked at${acceptedText(result)}\n`,
    result.coverage.length === 0 ? '' : section('Coverage: seen of what is declared', coverageText(result)),
    result.observed.length === 0 ? '' : section('Labels: values seen, and their bounds', labelText(result)),
  ].join('');
}
