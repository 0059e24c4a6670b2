import { painter, type Paint } from '../../../diagnostics/render/style.js';
import type { Change } from '../change.js';
import { readerList } from '../context.js';
import type { Difference } from '../diff.js';
import { grouped, headline, seriesLine, short, transition } from './words.js';

/** Longest text of a value on a line: a query may be a page long. */
const widest = 160;

function block(change: Change, paint: Paint): string {
  const { at, kind, consequences, hits, allowance } = change;
  const what = transition(change);
  const tone = kind === 'added' ? 'added' : kind === 'removed' ? 'removed' : 'strong';
  const lines = [
    `${paint('strong', at)} ${paint(tone, kind)}${what === undefined ? '' : `: ${short(what, widest)}`}`,
  ];
  for (const { class: of, breaking, text } of consequences) {
    const isAccepted = breaking && allowance?.allow.includes(of) === true;
    const verdict = isAccepted ? 'accepted' : breaking ? 'breaks' : 'safe';
    lines.push(
      `  ${of.padEnd(6)} ${paint(verdict === 'breaks' ? 'error' : 'gutter', verdict.padEnd(8))} ${text}`,
    );
  }
  if (hits.length > 0) lines.push(`  read by: ${readerList(hits)}`);
  if (allowance !== undefined)
    lines.push(`  accepted until ${allowance.until}: ${short(allowance.reason, widest)}`);
  for (const help of new Set(consequences.flatMap((each) => each.help ?? [])))
    lines.push(`  ${paint('help', 'help:')} ${help}`);
  return `${lines.join('\n')}\n`;
}

/** What changed, for a terminal: what breaks first, what is safe in short. */
export function differencePretty(difference: Difference, color: boolean): string {
  const paint = painter(color);
  const { breaking, accepted, safe } = grouped(difference.changes);
  const series = seriesLine(difference);
  const head = paint(breaking.length > 0 ? 'error' : 'strong', headline(difference));
  return [
    `${head}${series === undefined ? '' : `\n${series}`}\n`,
    ...[...breaking, ...accepted, ...safe].map((change) => block(change, paint)),
  ].join('\n');
}
