import { createHash } from 'node:crypto';
import { htmlText, joinHtml, markup, rawText, type Html } from '../../../encode/html.js';
import type { TraceAnalysis } from '../analysis/analyse-trace.js';
import type { Breakdown } from '../analysis/breakdown.js';
import { rootTitle, type SeveralTraces } from '../analysis/several.js';
import type { UsageRow } from '../analysis/usage.js';
import { counted } from '../read/intake.js';
import { none, spanAt } from '../tree/trace.js';
import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';
import { dateText } from './pretty.js';
import { waterfallHtml } from './waterfall-html.js';
import { costNote, costText, durationText, repeatText, shareText, spanTitle, tokensText } from './words.js';

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Nothing is loaded and nothing is sent: the one script and the one style are known by their hashes. */
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Traces that are drawn on one page, the slowest first, and rows of tables that people read. */
const mostDrawn = 5;
const mostRows = 50;

interface PageOptions {
  readonly notes: readonly string[];
  readonly currency: string | undefined;
}

/** The analysis as one page that needs no other file: waterfalls to zoom and fold, tables. */
export function printTracePage(several: SeveralTraces, { notes, currency }: PageOptions): string {
  const { slowest } = several;
  const [only] = slowest;
  const title =
    slowest.length === 1 && only !== undefined ? `Trace ${only.trace.id}` : `${slowest.length} traces`;
  const drawn = slowest.slice(0, mostDrawn);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${htmlText(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${htmlText(title)}</title>
<style>${rawText(pageStyle)}</style>
</head>
<body>
<main>
<h1>${htmlText(title)}</h1>
${slowest.length > 1 ? overview(several, currency) : htmlText('')}
${joinHtml(
  drawn.map((each, place) => traceSection(each, place, slowest.length > 1, currency)),
  '\n',
)}
${slowest.length > drawn.length ? paragraph(`The ${drawn.length} slowest traces are drawn. obs-gen trace --id TRACEID draws another one.`) : htmlText('')}
${listSection('About the data', 2, notes)}
</main>
<script>${rawText(pageScript)}</script>
</body>
</html>
`;
}

function paragraph(words: string): Html {
  return markup`<p>${htmlText(words)}</p>`;
}

function overview(several: SeveralTraces, currency: string | undefined): Html {
  const { slowest, durations, services, bottlenecks, comparison } = several;
  return joinHtml(
    [
      figures([
        ['traces', String(slowest.length)],
        ['median', durationText(durations.p50)],
        ['95th percentile', durationText(durations.p95)],
        ['with errors', String(slowest.filter(({ failures }) => failures.length > 0).length)],
      ]),
      table(
        'Bottlenecks, by their share of the time that traces take',
        2,
        ['Name', 'Service', 'Share', 'On path', 'Self', 'Count', 'Errors', 'Traces'],
        bottlenecks.map(({ name, service, share, onPath, self, count, errors, traces }) => [
          name,
          service,
          shareText(share),
          durationText(onPath),
          durationText(self),
          String(count),
          String(errors),
          `${traces} of ${slowest.length}`,
        ]),
        2,
      ),
      table(
        'Services',
        2,
        ['From', 'To', 'Calls', 'Errors', 'p50', 'p95', 'Way'],
        services.map(({ from, to, calls, errors, p50, p95, isAsync }) => [
          from,
          to,
          String(calls),
          String(errors),
          durationText(p50),
          durationText(p95),
          isAsync ? 'queue' : 'call',
        ]),
        2,
      ),
      ...(comparison === undefined
        ? []
        : [
            table(
              `Slow and fast traces of ${comparison.root}`,
              2,
              ['Name', 'Slow, on path', 'Fast, on path', 'Calls, slow', 'Calls, fast'],
              comparison.rows.map((row) => [
                row.name,
                durationText(row.slowOnPath),
                durationText(row.fastOnPath),
                row.slowCount.toFixed(1),
                row.fastCount.toFixed(1),
              ]),
            ),
            paragraph(
              `Means of ${counted(comparison.slow, 'trace')} of ${durationText(comparison.slowFrom)} and more, and ${counted(comparison.fast, 'trace')} of ${durationText(comparison.fastTo)} and less.`,
            ),
          ]),
      usageTable(several.usage, 2, currency),
      table(
        'Slowest traces',
        2,
        ['Id', 'Root', 'Duration', 'Spans', 'Errors'],
        slowest.map((each) => [
          each.trace.id,
          rootTitle(each),
          durationText(each.trace.duration),
          String(each.trace.spans.length),
          String(each.failures.length),
        ]),
        2,
      ),
    ],
    '\n',
  );
}

function traceSection(
  analysis: TraceAnalysis,
  place: number,
  isOne: boolean,
  currency: string | undefined,
): Html {
  const { trace, path, failures, repeats, gaps, waits } = analysis;
  const rest = trace.duration - path.answeredAt;
  const level = isOne ? 3 : 2;
  const titled = (span: number): string => spanTitle(trace, span);
  return markup`<section>
${isOne ? markup`<h2>Trace <code>${htmlText(trace.id)}</code></h2>` : htmlText('')}
${figures([
  ['duration', durationText(trace.duration)],
  ...(rest > 0 ? [['root ended after', durationText(path.answeredAt)] as const] : []),
  ['spans', String(trace.spans.length)],
  ['services', String(new Set(trace.spans.map(({ service }) => service)).size)],
  ['errors', String(failures.length)],
  ...(trace.startedAt === undefined ? [] : [['started at', dateText(trace.startedAt)] as const]),
])}
${waterfallHtml(analysis, place, level)}
${breakdownTable('Time by span', level, analysis.byName, trace.duration)}
${breakdownTable('Time by service', level, analysis.byService, trace.duration)}
${breakdownTable('Time by agent', level, analysis.byAgent, trace.duration)}
${usageTable(analysis.usage, level, currency)}
${listSection(
  'Repeated calls',
  level,
  repeats.map((each) => `${repeatText(each)}: ${durationText(each.total)}, below ${titled(each.below)}`),
)}
${listSection(
  'Gaps on the critical path',
  level,
  gaps.map(({ span, from, to, before, behind }) => {
    const where = span === none ? 'nothing ran' : `in ${titled(span)}`;
    return `${durationText(to - from)} at ${durationText(from)}: ${where}${before === none ? '' : `, behind ${titled(before)}`}${behind === none ? '' : `, before ${titled(behind)}`}`;
  }),
)}
${listSection(
  'Waiting in queues',
  level,
  waits.map(
    ({ span, from, to, isUpperBound }) =>
      `${isUpperBound ? 'at most ' : ''}${durationText(to - from)} before ${titled(span)}`,
  ),
)}
${listSection(
  'Errors',
  level,
  failures.map(({ span, above, type, message, reachesRoot }) => {
    const reason = [type, message].filter((each) => each !== '').join(': ');
    const chain = above.length === 0 ? '' : `; failed of it: ${above.map(titled).join(', ')}`;
    return `${titled(span)} (${spanAt(trace, span).service})${reason === '' ? '' : `: ${reason}`}${chain}${reachesRoot ? '' : '; the root did not fail'}`;
  }),
)}
${listSection(
  'About this trace',
  level,
  trace.notes.map(({ text }) => text),
)}
</section>`;
}

function figures(entries: readonly (readonly [string, string])[]): Html {
  const items = entries.map(
    ([name, value]) => markup`<div><dt>${htmlText(name)}</dt><dd>${htmlText(value)}</dd></div>`,
  );
  return markup`<dl>${joinHtml(items)}</dl>`;
}

function heading(words: string, level: number): Html {
  return level === 2 ? markup`<h2>${htmlText(words)}</h2>` : markup`<h3>${htmlText(words)}</h3>`;
}

/** @param words how many of the first columns are words; the others are figures */
function table(
  title: string,
  level: number,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  words = 1,
): Html {
  if (rows.length === 0) return htmlText('');
  const cell = (value: string, place: number): Html => {
    if (place === 0) return markup`<th scope="row">${htmlText(value === '' ? '(no name)' : value)}</th>`;
    return place < words
      ? markup`<td>${htmlText(value)}</td>`
      : markup`<td class="number">${htmlText(value)}</td>`;
  };
  const listed = rows.slice(0, mostRows);
  return markup`${heading(title, level)}
<div class="wide" tabindex="0" role="region" aria-label="${htmlText(title)}"><table>
<thead><tr>${joinHtml(heads.map((head) => markup`<th scope="col">${htmlText(head)}</th>`))}</tr></thead>
<tbody>
${joinHtml(
  listed.map((row) => markup`<tr>${joinHtml(row.map(cell))}</tr>`),
  '\n',
)}
</tbody>
</table></div>
${rows.length > listed.length ? paragraph(`${rows.length - listed.length} more, not shown.`) : htmlText('')}`;
}

function breakdownTable(title: string, level: number, rows: readonly Breakdown[], whole: number): Html {
  return table(
    title,
    level,
    ['Name', 'Count', 'Errors', 'Total', 'Self', 'On path', 'Share'],
    rows.map(({ key, count, errors, total, self, onPath }) => [
      key,
      String(count),
      String(errors),
      durationText(total),
      durationText(self),
      durationText(onPath),
      shareText(whole === 0 ? 0 : onPath / whole),
    ]),
  );
}

function usageTable(rows: readonly UsageRow[], level: number, currency: string | undefined): Html {
  const note = costNote(rows);
  return markup`${table(
    'Tokens and cost',
    level,
    ['Agent', 'Model', 'Input', 'Output', 'Cost'],
    rows.map(({ agent, model, inputTokens, outputTokens, cost }) => [
      agent ?? '-',
      model ?? '-',
      tokensText(inputTokens),
      tokensText(outputTokens),
      costText(cost, currency),
    ]),
    2,
  )}${note === undefined ? htmlText('') : paragraph(`Of these: ${note}.`)}`;
}

function listSection(title: string, level: number, items: readonly string[]): Html {
  if (items.length === 0) return htmlText('');
  const listed = items.slice(0, mostRows);
  return markup`${heading(title, level)}
<ul>
${joinHtml(
  listed.map((item) => markup`<li>${htmlText(item)}</li>`),
  '\n',
)}
</ul>
${items.length > listed.length ? paragraph(`${items.length - listed.length} more, not shown.`) : htmlText('')}`;
}
