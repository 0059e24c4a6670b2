import { visible } from '../../../diagnostics/render/visible.js';
import { rootTitle, type Comparison, type SeveralTraces } from '../analysis/several.js';
import { counted } from '../read/intake.js';
import {
  breakdownSection,
  moreLines,
  noteSection,
  pageOf,
  usageSection,
  usualTableRows,
  type PrettyOptions,
  type Section,
} from './pretty.js';
import { tableLines } from './table.js';
import { durationText, shareText } from './words.js';

/** Several traces for people: where their time goes, and what the slow ones do that the fast ones do not. */
export function printTraces(
  several: SeveralTraces,
  notes: readonly string[],
  options: PrettyOptions,
): string {
  const { paint } = options;
  const { slowest, durations } = several;
  const spans = slowest.reduce((sum, { trace }) => sum + trace.spans.length, 0);
  const failed = slowest.filter(({ failures }) => failures.length > 0).length;
  return pageOf([
    [
      paint('strong', `${counted(slowest.length, 'trace')}, ${counted(spans, 'span')}`),
      `half of them within ${durationText(durations.p50)}, 95 % within ${durationText(durations.p95)}${failed === 0 ? '' : `; ${failed} with errors`}`,
    ],
    bottleneckSection(several, options),
    serviceSection(several, options),
    several.comparison === undefined ? [] : comparisonSection(several.comparison, options),
    breakdownSection('Time by agent', several.byAgent, durations.sum, options),
    usageSection(several.usage, options),
    slowestSection(several, options),
    noteSection(notes, paint),
  ]);
}

function bottleneckSection(
  { bottlenecks, slowest }: SeveralTraces,
  { paint, columns }: PrettyOptions,
): Section {
  const listed = bottlenecks.slice(0, usualTableRows);
  return [
    paint('strong', 'Bottlenecks, by their share of the time that traces take'),
    ...tableLines(
      [
        { title: 'share', align: 'right' },
        { title: 'name', least: 16 },
        { title: 'service', least: 10 },
        { title: 'on path', align: 'right' },
        { title: 'self', align: 'right' },
        { title: 'count', align: 'right' },
        { title: 'errors', align: 'right' },
        { title: 'traces', align: 'right' },
      ],
      listed.map(({ share, name, service, onPath, self, count, errors, traces }) => [
        shareText(share),
        name === '' ? '(no name)' : name,
        service,
        durationText(onPath),
        durationText(self),
        String(count),
        errors === 0 ? '' : String(errors),
        `${traces}/${slowest.length}`,
      ]),
      columns,
    ),
    ...moreLines(bottlenecks.length - listed.length, paint),
  ];
}

function serviceSection({ services }: SeveralTraces, { paint, columns }: PrettyOptions): Section {
  if (services.length === 0) return [];
  const listed = services.slice(0, 2 * usualTableRows);
  return [
    paint('strong', 'Services'),
    ...tableLines(
      [
        { title: 'from', least: 10 },
        { title: 'to', least: 10 },
        { title: 'calls', align: 'right' },
        { title: 'errors', align: 'right' },
        { title: 'p50', align: 'right' },
        { title: 'p95', align: 'right' },
        { title: '' },
      ],
      listed.map(({ from, to, calls, errors, p50, p95, isAsync }) => [
        from,
        to,
        String(calls),
        errors === 0 ? '' : `${errors} (${shareText(errors / calls)})`,
        durationText(p50),
        durationText(p95),
        isAsync ? 'queue' : '',
      ]),
      columns,
    ),
    ...moreLines(services.length - listed.length, paint),
  ];
}

function comparisonSection(comparison: Comparison, { paint, columns }: PrettyOptions): Section {
  const { root, slow, fast, slowFrom, fastTo, rows } = comparison;
  const listed = rows.slice(0, usualTableRows);
  return [
    paint('strong', `Slow and fast traces of ${visible(root)}`),
    `  ${slow} of ${durationText(slowFrom)} and more, ${fast} of ${durationText(fastTo)} and less; means, on the critical path`,
    ...tableLines(
      [
        { title: 'name', least: 16 },
        { title: 'slow', align: 'right' },
        { title: 'fast', align: 'right' },
        { title: 'more', align: 'right' },
        { title: 'calls slow', align: 'right' },
        { title: 'calls fast', align: 'right' },
      ],
      listed.map(({ name, slowOnPath, fastOnPath, slowCount, fastCount }) => [
        name,
        durationText(slowOnPath),
        durationText(fastOnPath),
        `${slowOnPath < fastOnPath ? '-' : '+'}${durationText(Math.abs(slowOnPath - fastOnPath))}`,
        slowCount.toFixed(1),
        fastCount.toFixed(1),
      ]),
      columns,
    ),
    ...moreLines(rows.length - listed.length, paint),
  ];
}

function slowestSection({ slowest }: SeveralTraces, { paint, columns }: PrettyOptions): Section {
  const listed = slowest.slice(0, usualTableRows);
  return [
    paint('strong', 'Slowest traces; --id TRACEID shows one'),
    ...tableLines(
      [
        { title: 'id' },
        { title: 'duration', align: 'right' },
        { title: 'spans', align: 'right' },
        { title: 'errors', align: 'right' },
        { title: 'root', least: 16 },
      ],
      listed.map((analysis) => [
        analysis.trace.id,
        durationText(analysis.trace.duration),
        String(analysis.trace.spans.length),
        analysis.failures.length === 0 ? '' : String(analysis.failures.length),
        rootTitle(analysis),
      ]),
      columns,
    ),
    ...moreLines(slowest.length - listed.length, paint),
  ];
}
