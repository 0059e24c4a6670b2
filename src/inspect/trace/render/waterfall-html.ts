import { htmlText, joinHtml, markup, type Html } from '../../../encode/html.js';
import type { TraceAnalysis } from '../analysis/analyse-trace.js';
import { at, durationOf, none, spanAt } from '../tree/trace.js';
import { waterfallRows, type WaterfallRow } from './waterfall.js';
import { durationText, spanSubject, spanTitle } from './words.js';

/** Rows that a page can hold and stay quick; of larger traces those on the path, the failed and the longest. */
const mostSpans = 5000;
/** With so many rows, what is beside the critical path begins folded. */
const openedWhole = 300;
const openedDepth = 2;
/** Units of the drawing: a ten-thousandth of the trace can be seen when it is zoomed in on. */
const units = 100_000;

/** The waterfall as a tree of rows: it folds, it zooms, and arrow keys walk it. Read without the script, all is open. */
export function waterfallHtml(analysis: TraceAnalysis, place: number, level: number): Html {
  const { trace } = analysis;
  const rows = waterfallRows(analysis, mostSpans);
  const shown = rows.filter(({ hidden }) => hidden === undefined).length;
  const drawn = rows.map((row, index) =>
    rowHtml(analysis, row, isFolded(analysis, rows, index), rows.length),
  );
  const less =
    shown < trace.spans.length
      ? `${shown} of ${trace.spans.length} spans: those on the critical path, those that failed, and the longest. `
      : '';
  const title = level === 2 ? markup`<h2>Waterfall</h2>` : markup`<h3>Waterfall</h3>`;
  return markup`${title}
<p class="soft">${htmlText(`${less}Full bars are on the critical path. Arrow keys walk the rows and fold them.`)}</p>
<form class="zoom" hidden>
<label>From, % <input type="number" class="from" min="0" max="99.9" step="0.1" value="0"></label>
<label>To, % <input type="number" class="to" min="0.1" max="100" step="0.1" value="100"></label>
<button type="button" class="whole">Whole trace</button>
<button type="button" class="fit">Zoom to the row</button>
<button type="button" class="unfold">Unfold all</button>
<output class="soft" aria-live="polite"></output>
</form>
<div class="wide tall"><table class="waterfall" role="treegrid" aria-label="Spans of the trace" data-duration="${trace.duration}" id="waterfall-${place}">
<thead><tr role="row"><th scope="col">Span</th><th scope="col">Service</th><th scope="col">Duration</th><th scope="col">Self</th><th scope="col">Time</th></tr></thead>
<tbody>
${joinHtml(drawn, '\n')}
</tbody>
</table></div>`;
}

/** A row begins folded where the tree is large and nothing of the critical path is further below. */
function isFolded({ trace, path }: TraceAnalysis, rows: readonly WaterfallRow[], index: number): boolean {
  const span = rows[index]?.span ?? none;
  if (rows.length <= openedWhole || span === none) return false;
  return at(trace.depth, span) >= openedDepth && at(path.onPath, span) === 0;
}

const deepestIndent = 20;

function rowHtml(analysis: TraceAnalysis, row: WaterfallRow, folded: boolean, count: number): Html {
  const { trace, path, self } = analysis;
  const { span } = row;
  const depth = at(trace.depth, span) + (row.hidden === undefined ? 0 : 1);
  // The class carries the indentation: a page without inline styles has no other way.
  const indent = Math.min(depth, deepestIndent);
  if (row.hidden !== undefined)
    return markup`<tr role="row" aria-level="${depth + 1}" class="more"><td colspan="5" class="d${indent}">… ${row.hidden} more</td></tr>`;
  const { service, isError } = spanAt(trace, span);
  const isOnPath = at(path.onPath, span) > 0;
  const scale = trace.duration === 0 ? 0 : units / trace.duration;
  const x = Math.round(at(trace.start, span) * scale);
  const width = Math.max(1, Math.round(durationOf(trace, span) * scale));
  const about = spanSubject(analysis, span);
  const kind = isError ? 'error' : isOnPath ? 'path' : 'beside';
  const said = [
    durationText(durationOf(trace, span)),
    `from ${durationText(at(trace.start, span))}`,
    ...(isOnPath ? ['on the critical path'] : []),
    ...(isError ? ['failed'] : []),
  ].join(', ');
  const expanded = count > 0 && !folded ? markup`true` : markup`false`;
  return markup`<tr role="row" tabindex="-1" aria-level="${depth + 1}" aria-expanded="${expanded}" data-from="${x}" data-width="${width}" class="${htmlText(isError ? 'failed' : kind)}"><th scope="row" class="d${indent}">${isError ? markup`<span class="mark">failed</span> ` : htmlText('')}${htmlText(spanTitle(trace, span))}${about === undefined ? htmlText('') : markup` <span class="soft">${htmlText(about)}</span>`}</th><td>${htmlText(service)}</td><td class="number">${htmlText(durationText(durationOf(trace, span)))}</td><td class="number">${htmlText(durationText(at(self, span)))}</td><td class="bars"><svg viewBox="0 0 ${units} 10" preserveAspectRatio="none" role="img" aria-label="${htmlText(said)}"><rect class="${htmlText(kind)}" x="${x}" y="1" width="${width}" height="8"/></svg></td></tr>`;
}
