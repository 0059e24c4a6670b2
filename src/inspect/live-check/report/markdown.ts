import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import { placeOf } from '../../../diagnostics/render/frame.js';
import { cellCode, code, join, marked, text, type Markdown } from '../../../encode/markdown.js';
import { plural } from '../../../model/checks/words.js';
import { percent, shareOf } from '../coverage.js';
import type { LiveCheckResult } from '../live-check.js';
import { adviceOf, labelRows } from './label-rows.js';
import { acceptedText, countsText } from './text.js';

/** Rows of a table; a summary on a page of CI is no place for thousands. */
const most = 50;

function row(cells: readonly Markdown[]): Markdown {
  return marked`| ${join(cells, ' | ')} |\n`;
}

function table(head: readonly Markdown[], rows: readonly (readonly Markdown[])[]): Markdown {
  if (rows.length === 0) return marked``;
  const rule = head.map(() => marked`---`);
  const rest = rows.length > most ? marked`\n${rows.length - most} more rows are not shown.\n` : marked``;
  return join([marked`\n`, row(head), row(rule), ...rows.slice(0, most).map(row), rest]);
}

const severities = { error: marked`**error**`, warning: marked`warning`, info: marked`note` } as const;

function finding({ code: id, severity, message, range, help }: Diagnostic): readonly Markdown[] {
  return [
    severities[severity],
    code(id),
    text(help === undefined ? message : `${message} (${help})`),
    range === undefined ? marked`` : cellCode(placeOf(range)),
  ];
}

function verdict(diagnostics: readonly Diagnostic[], hasFailed: boolean): Markdown {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  return hasFailed
    ? marked`**Failed**: ${text(plural(errors, 'error'))}, ${text(plural(warnings, 'warning'))}.`
    : marked`**Passed**: ${text(plural(warnings, 'warning'))}.`;
}

/** The report as Markdown, for the summary of a run in CI. @param hasFailed whether the command fails of it */
export function liveCheckMarkdown(service: string, result: LiveCheckResult, hasFailed: boolean): string {
  const { diagnostics, coverage, observed, counts } = result;
  const looked = `${countsText(counts)} looked at${acceptedText(result)}.`;
  const shown = diagnostics.filter(({ severity }) => severity !== 'info');
  const rows = labelRows(observed).filter((each) => each.kind !== 'closed');
  return join([
    marked`## Live check of ${text(service)}\n\n`,
    marked`${verdict(diagnostics, hasFailed)} ${text(looked)}\n`,
    table(
      [marked`Signal`, marked`Seen`, marked`Declared`, marked`Share`, marked`Never seen`],
      coverage.map((each) => [
        marked`${text(each.signal)}`,
        marked`${each.seen.length}`,
        marked`${each.seen.length + each.unseen.length}`,
        text(percent(shareOf(each))),
        join(
          [
            ...each.unseen.slice(0, 10).map(cellCode),
            ...(each.unseen.length > 10 ? [marked`${each.unseen.length - 10} more`] : []),
          ],
          ', ',
        ),
      ]),
    ),
    table(
      [marked`Label`, marked`Values seen`, marked`Cap`, marked`To do`],
      rows.map((each) => [
        cellCode(each.key),
        marked`${each.seen}`,
        marked`${each.bound}`,
        text(adviceOf(each)),
      ]),
    ),
    table([marked`Severity`, marked`Code`, marked`Finding`, marked`Where`], shown.map(finding)),
  ]);
}
