import type { Paint } from '../../../diagnostics/render/style.js';
import { visible } from '../../../diagnostics/render/visible.js';
import type { TraceAnalysis } from '../analysis/analyse-trace.js';
import type { Breakdown } from '../analysis/breakdown.js';
import type { UsageRow } from '../analysis/usage.js';
import { counted } from '../read/intake.js';
import { none, spanAt } from '../tree/trace.js';
import { tableLines } from './table.js';
import { waterfallLines } from './waterfall.js';
import { costNote, costText, durationText, repeatText, shareText, spanTitle, tokensText } from './words.js';

export interface PrettyOptions {
  readonly paint: Paint;
  /** Columns of the terminal; undefined: as wide as it needs. */
  readonly columns: number | undefined;
  /** Lines of the waterfall, and of each table. */
  readonly rows: number;
  readonly currency: string | undefined;
}

/** Lines of a table that people read to the end. */
export const usualTableRows = 10;
const widestPage = 160;
const usualPage = 100;

export type Section = readonly string[];

/** Sections with an empty line between them; those without anything to say are left out. */
export function pageOf(sections: readonly Section[]): string {
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

/** One trace for people. */
export function printTrace(
  analysis: TraceAnalysis,
  options: PrettyOptions & {
    /** About the file it was read from. */
    readonly notes: readonly string[];
  },
): string {
  const { paint } = options;
  const width = Math.min(options.columns ?? usualPage, widestPage);
  const { trace } = analysis;
  return pageOf([
    headLines(analysis, paint),
    [
      paint('strong', 'Waterfall') + paint('gutter', '  █ on the critical path  ░ beside it'),
      ...waterfallLines(analysis, { most: options.rows, width, paint }),
    ],
    breakdownSection('Time by span', analysis.byName, trace.duration, options),
    analysis.byService.length > 1
      ? breakdownSection('Time by service', analysis.byService, trace.duration, options)
      : [],
    breakdownSection('Time by agent', analysis.byAgent, trace.duration, options),
    usageSection(analysis.usage, options),
    repeatSection(analysis, options),
    gapSection(analysis, options),
    waitSection(analysis, options),
    failureSection(analysis, options),
    noteSection([...options.notes, ...trace.notes.map(({ text }) => text)], paint),
  ]);
}

function headLines({ trace, path, failures }: TraceAnalysis, paint: Paint): Section {
  const services = new Set(trace.spans.map(({ service }) => service)).size;
  const failed = failures.length === 0 ? '' : `, ${counted(failures.length, 'error')}`;
  const when = trace.startedAt === undefined ? '' : ` at ${dateText(trace.startedAt)}`;
  const head = `Trace ${visible(trace.id === '' ? '(no id)' : trace.id)}${when}`;
  const rest = trace.duration - path.answeredAt;
  return [
    paint('strong', head),
    `${durationText(trace.duration)}, ${counted(trace.spans.length, 'span')}, ${counted(services, 'service')}${failed}`,
    ...(rest > 0
      ? [
          `the root ended after ${durationText(path.answeredAt)}; work went on for another ${durationText(rest)}`,
        ]
      : []),
  ];
}

/** Milliseconds since 1970 as ISO 8601; what no calendar has is shown as a number. */
export function dateText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? `${milliseconds} ms` : date.toISOString();
}

/** Times of spans with something in common, as a table with the share of the whole that is on the path. */
export function breakdownSection(
  title: string,
  rows: readonly Breakdown[],
  whole: number,
  { paint, columns }: PrettyOptions,
): Section {
  if (rows.length === 0) return [];
  const listed = rows.slice(0, usualTableRows);
  return [
    paint('strong', title),
    ...tableLines(
      [
        { title: 'name', least: 16 },
        { title: 'count', align: 'right' },
        { title: 'errors', align: 'right' },
        { title: 'total', align: 'right' },
        { title: 'self', align: 'right' },
        { title: 'on path', align: 'right' },
        { title: 'share', align: 'right' },
      ],
      listed.map(({ key, count, errors, total, self, onPath }) => [
        key === '' ? '(no name)' : key,
        String(count),
        errors === 0 ? '' : String(errors),
        durationText(total),
        durationText(self),
        durationText(onPath),
        shareText(whole === 0 ? 0 : onPath / whole),
      ]),
      columns,
    ),
    ...moreLines(rows.length - listed.length, paint),
  ];
}

export function moreLines(count: number, paint: Paint): Section {
  return count > 0 ? [paint('gutter', `  ${count} more, not shown; --format json prints everything`)] : [];
}

/** Tokens and cost; figures that nobody measured are a dash. */
export function usageSection(
  rows: readonly UsageRow[],
  { paint, columns, currency }: PrettyOptions,
): Section {
  if (rows.length === 0) return [];
  const listed = rows.slice(0, usualTableRows);
  const note = costNote(rows);
  return [
    paint('strong', 'Tokens and cost'),
    ...tableLines(
      [
        { title: 'agent', least: 10 },
        { title: 'model', least: 10 },
        { title: 'input', align: 'right' },
        { title: 'output', align: 'right' },
        { title: 'cost', align: 'right' },
      ],
      listed.map(({ agent, model, inputTokens, outputTokens, cost }) => [
        agent ?? '-',
        model ?? '-',
        tokensText(inputTokens),
        tokensText(outputTokens),
        costText(cost, currency),
      ]),
      columns,
    ),
    ...moreLines(rows.length - listed.length, paint),
    ...(note === undefined ? [] : [`  ${note}`]),
  ];
}

function repeatSection(analysis: TraceAnalysis, { paint }: PrettyOptions): Section {
  const { repeats, trace } = analysis;
  if (repeats.length === 0) return [];
  const listed = repeats.slice(0, usualTableRows);
  return [
    paint('strong', 'Repeated calls'),
    ...listed.map(
      (each) =>
        `  ${visible(repeatText(each))}: ${durationText(each.total)}, below ${visible(spanTitle(trace, each.below))}`,
    ),
    ...moreLines(repeats.length - listed.length, paint),
  ];
}

function gapSection(analysis: TraceAnalysis, { paint }: PrettyOptions): Section {
  const { gaps, trace } = analysis;
  if (gaps.length === 0) return [];
  const listed = gaps.slice(0, usualTableRows);
  return [
    paint('strong', 'Gaps on the critical path'),
    ...listed.map(({ span, from, to, before, behind }) => {
      const where = span === none ? 'nothing ran' : `in ${visible(spanTitle(trace, span))}`;
      const between = [
        ...(before === none ? [] : [`behind ${visible(spanTitle(trace, before))}`]),
        ...(behind === none ? [] : [`before ${visible(spanTitle(trace, behind))}`]),
      ];
      return `  ${durationText(to - from)} at ${durationText(from)}: ${[where, ...between].join(', ')}`;
    }),
    ...moreLines(gaps.length - listed.length, paint),
  ];
}

function waitSection(analysis: TraceAnalysis, { paint }: PrettyOptions): Section {
  const { waits, trace } = analysis;
  if (waits.length === 0) return [];
  const listed = waits.slice(0, usualTableRows);
  return [
    paint('strong', 'Waiting in queues'),
    ...listed.map(
      ({ span, from, to, isUpperBound }) =>
        `  ${isUpperBound ? 'at most ' : ''}${durationText(to - from)} before ${visible(spanTitle(trace, span))}`,
    ),
    ...moreLines(waits.length - listed.length, paint),
  ];
}

const longestMessage = 200;

function failureSection(analysis: TraceAnalysis, { paint }: PrettyOptions): Section {
  const { failures, trace } = analysis;
  if (failures.length === 0) return [];
  const listed = failures.slice(0, usualTableRows);
  return [
    paint('error', 'Errors'),
    ...listed.flatMap(({ span, above, reachesRoot, type, message }) => {
      const { service } = spanAt(trace, span);
      const reason = [type, message.slice(0, longestMessage)].filter((each) => each !== '').join(': ');
      const chain = above.map((each) => visible(spanTitle(trace, each)));
      const way = chain.length === 0 ? [] : [`    failed of it: ${chain.join(', ')}`];
      return [
        `  ${visible(spanTitle(trace, span))} (${visible(service)})${reason === '' ? '' : `: ${visible(reason)}`}`,
        ...way,
        ...(reachesRoot ? [] : ['    the root did not fail']),
      ];
    }),
    ...moreLines(failures.length - listed.length, paint),
  ];
}

export function noteSection(notes: readonly string[], paint: Paint): Section {
  return notes.length === 0
    ? []
    : [paint('strong', 'About the data'), ...notes.map((note) => `  ${visible(note)}`)];
}
