import { checklist } from './checklist.js';
import type { LineState, Score } from './score.js';

/** A dashboard with its score. */
export interface ScoredBoard {
  readonly name: string;
  readonly score: Pick<Score, 'passed' | 'counted'> & {
    readonly lines: readonly { readonly state: LineState; readonly findings: number }[];
  };
}

function cell(state: LineState, findings: number): string {
  switch (state) {
    case 'passed':
      return 'yes';
    case 'failed':
      return `**${findings}**`;
    case 'nothing':
      return '–';
    case 'spec':
      return 'spec';
    case 'elsewhere':
      return '';
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** The checklist as a table in Markdown: a line of it in each row, a dashboard in each column, how many findings where it fails. */
export function scoreTable(boards: readonly ScoredBoard[]): string {
  const head = row(['Line', 'Verified by', ...boards.map(({ name }) => escaped(name))]);
  const rule = row(['---', '---', ...boards.map(() => ':-:')]);
  const total = row([
    '**Score**',
    '',
    ...boards.map(({ score: { passed, counted } }) => `**${passed} of ${counted}**`),
  ]);
  let section = '';
  const lines = checklist.map((line, index) => {
    const isNew = line.section !== section;
    section = line.section;
    const heading = isNew ? row([`**${section}**`, '', ...boards.map(() => '')]) : '';
    const cells = boards.map(({ score }) => {
      const found = score.lines[index];
      return found === undefined ? '' : cell(found.state, found.findings);
    });
    const by = line.verifiedBy.map((rule) => `\`${rule}\``).join(', ');
    return heading + row([escaped(line.text), by, ...cells]);
  });
  return head + rule + total + lines.join('');
}
