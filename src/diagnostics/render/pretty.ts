import type { Diagnostic } from '../diagnostic.js';
import type { Severity } from '../severity.js';
import { fixDiff, lastLineOfFix } from './diff.js';
import { codeFrame, gutterLine, lastLineShown, placeOf, type FrameStyle } from './frame.js';
import { redactorFor, type Redactor } from './masking.js';
import { painter, type Paint } from './style.js';
import { countFindings } from './summary.js';
import { visible } from './visible.js';

/** Diagnostics shown at most; the rest is counted. Errors are never left out for the sake of warnings. */
export const mostShown = 100;

/** How `renderPretty` draws. */
export interface PrettyOptions {
  /** Whether to write escape sequences of colour. */
  readonly color: boolean;
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The most severe ones, in the order in which they came. */
function select(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= mostShown) return diagnostics;
  const chosen = new Set(
    [...diagnostics].sort((a, b) => rank[a.severity] - rank[b.severity]).slice(0, mostShown),
  );
  return diagnostics.filter((each) => chosen.has(each));
}

function gutterWidth(each: Diagnostic): number {
  let last = 1;
  if (each.range !== undefined) last = Math.max(last, lastLineShown(each.range));
  for (const related of each.related) last = Math.max(last, lastLineShown(related.range));
  if (each.fix !== undefined) last = Math.max(last, lastLineOfFix(each.fix));
  return String(last).length;
}

/** `= help: ` before the first line, the others below its text. */
function helpRows(style: Pick<FrameStyle, 'paint' | 'gutter'>, title: string, text: string): string[] {
  const lead = `${' '.repeat(style.gutter)} ${style.paint('gutter', '=')} ${style.paint('help', `${title}:`)}`;
  const indent = ' '.repeat(style.gutter + title.length + 5);
  return text.split(/\r\n|\r|\n/).map((line, index) => {
    const shown = visible(line);
    if (shown === '') return index === 0 ? lead : '';
    return index === 0 ? `${lead} ${shown}` : indent + shown;
  });
}

function renderOne(each: Diagnostic, paint: Paint, redact: Redactor): string {
  const gutter = gutterWidth(each);
  const style = { paint, gutter, tone: each.severity, mark: '^', label: '', context: true } as const;
  const place = (arrow: string): string => `${' '.repeat(gutter)}${paint('gutter', arrow)} `;
  const head = paint(each.severity, `${each.severity}[${each.code}]`);
  const rows = [head + paint('strong', `: ${visible(redact(each.message))}`)];
  if (each.range !== undefined) {
    rows.push(place('-->') + placeOf(each.range), ...codeFrame(each.range, style));
  }
  for (const related of each.related) {
    const label = visible(redact(related.message));
    rows.push(gutterLine(style, '', ''), place(':::') + placeOf(related.range));
    rows.push(...codeFrame(related.range, { ...style, tone: 'info', mark: '-', label, context: false }));
  }
  if (each.range !== undefined && (each.help !== undefined || each.fix !== undefined)) {
    rows.push(gutterLine(style, '', ''));
  }
  if (each.help !== undefined) rows.push(...helpRows(style, 'help', redact(each.help)));
  if (each.fix !== undefined) {
    if (each.help === undefined) rows.push(...helpRows(style, 'fix', ''));
    rows.push(...fixDiff(each.fix, style, redact));
  }
  return `${rows.join('\n')}\n`;
}

/**
 * For people: the message, a code frame with the place underlined, related places, help and the fix as a diff, then how many of each
 * severity there are. Secrets are masked, characters that would steer the terminal are shown by name. Empty for no diagnostics.
 */
export function renderPretty(diagnostics: readonly Diagnostic[], options: PrettyOptions): string {
  if (diagnostics.length === 0) return '';
  const paint = painter(options.color);
  const redact = redactorFor(diagnostics);
  const shown = select(diagnostics);
  const parts = shown.map((each) => renderOne(each, paint, redact));
  const left = new Set(diagnostics);
  for (const each of shown) left.delete(each);
  const rest =
    left.size === 0 ? '' : `${countFindings([...left])} more, not shown; --format json prints everything\n`;
  return `${parts.join('\n')}\n${rest}${countFindings(diagnostics)}\n`;
}
