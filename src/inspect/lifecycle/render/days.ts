import { painter } from '../../../diagnostics/render/style.js';
import { printJson } from '../../../encode/json.js';
import { cellCode, heading, join, marked, table, text, type Markdown } from '../../../encode/markdown.js';
import type { DatedEntry } from '../days.js';
import { shownSpot } from '../place.js';
import { columns, counted } from './columns.js';

/** What is shown: the entries, and how far ahead was looked. */
export interface DaysReport {
  readonly entries: readonly DatedEntry[];
  /** ISO date. */
  readonly today: string;
  /** Days; undefined: all. */
  readonly within: number | undefined;
}

function whenOf({ days }: Pick<DatedEntry, 'days'>): string {
  if (days === 0) return 'today';
  return days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`;
}

export function isOverdue({ days }: Pick<DatedEntry, 'days'>): boolean {
  return days <= 0;
}

function summaryOf({ entries, within }: DaysReport): string {
  const overdue = entries.filter(isOverdue).length;
  const ahead = within === undefined ? 'ahead' : `within ${counted(within, 'day')}`;
  return `${overdue} overdue, ${entries.length - overdue} ${ahead}`;
}

const ownerOf = ({ owner }: DatedEntry): string => owner ?? 'nobody';

/** The days of some specs, for a terminal. */
export function daysPretty(report: DaysReport, color: boolean): string {
  const paint = painter(color);
  const { entries } = report;
  const several = new Set(entries.flatMap(({ services }) => services)).size > 1;
  const lines = columns(
    entries.map((entry) => [
      entry.date,
      whenOf(entry),
      entry.kind,
      ...(several ? [entry.services.join(', ')] : []),
      entry.at,
      ownerOf(entry),
      shownSpot(entry),
    ]),
  );
  const blocks = entries.map((entry, index) => {
    const line = lines[index] ?? '';
    const shown = isOverdue(entry) ? paint('error', line) : line;
    return `${shown}\n            ${paint('help', 'help:')} ${entry.action}\n`;
  });
  return `${blocks.join('')}${entries.length === 0 ? '' : '\n'}${paint('strong', summaryOf(report))}\n`;
}

/** The same for an issue, or for the summary of a scheduled run. */
export function daysMarkdown(report: DaysReport): string {
  const head = ['day', 'when', 'kind', 'entry', 'owner', 'where', 'what to do'].map(text);
  const rows = report.entries.map((entry): readonly Markdown[] => [
    text(entry.date),
    isOverdue(entry) ? marked`**${text(whenOf(entry))}**` : text(whenOf(entry)),
    text(entry.kind),
    cellCode(entry.at),
    text(ownerOf(entry)),
    cellCode(shownSpot(entry)),
    text(entry.action),
  ]);
  const parts = [heading(2, text('Days in the specs')), text(summaryOf(report)), table(head, rows)];
  return `${join(
    parts.filter((part) => part !== ''),
    '\n\n',
  )}\n`;
}

/** The same for programs. */
export function daysJson({ entries, today, within }: DaysReport): string {
  return printJson({
    ...{ version: 1, today, within },
    overdue: entries.filter(isOverdue).length,
    entries: entries.map(({ date, days, kind, at, owner, services, file, line, action }) => ({
      ...{ date, days, kind, at, owner, services, file, line, action },
    })),
  });
}
