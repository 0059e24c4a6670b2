import { painter, type Paint } from '../../../diagnostics/render/style.js';
import type { Change } from '../change.js';
import { readerList } from '../context.js';
import type { Difference } from '../diff.js';
import { membersOf, withPresetGroups, type PresetGroup } from '../presets.js';
import { listed } from '../values.js';
import {
  counted,
  grouped,
  headline,
  readersBeyond,
  seriesLine,
  short,
  transition,
  verdictsOf,
} from './words.js';

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

/** Readers of a preset's entries that are named. */
const mostReaders = 6;

/** A preset that came or went: its members counted, and what becomes of those who use them. */
function presetBlock(group: PresetGroup, paint: Paint): string {
  const { name, kind, changes } = group;
  const members = membersOf(group);
  const lines = [
    `${paint('strong', `presets.${name}`)} ${paint(kind, kind)}: ${members.length === 0 ? counted(changes.length, 'entry') : listed(members)}`,
  ];
  for (const { of, verdict, count } of verdictsOf(changes))
    lines.push(
      `  ${of.padEnd(6)} ${paint(verdict === 'breaks' ? 'error' : 'gutter', verdict.padEnd(8))} ${counted(count, 'change')}`,
    );
  const read = readersBeyond(changes);
  const more = read.length - mostReaders;
  if (read.length > 0)
    lines.push(`  read by: ${readerList(read.slice(0, mostReaders))}${more > 0 ? ` and ${more} more` : ''}`);
  lines.push(`  ${paint('help', 'help:')} --verbose lists them one by one`);
  return `${lines.join('\n')}\n`;
}

/**
 * What changed, for a terminal: what breaks first, what is safe in short.
 * @param isVerbose whether the changes of a preset that came or went are shown one by one
 */
export function differencePretty(difference: Difference, color: boolean, isVerbose = false): string {
  const paint = painter(color);
  const { breaking, accepted, safe } = grouped(difference.changes);
  const series = seriesLine(difference);
  const all = [...breaking, ...accepted, ...safe];
  const items = isVerbose ? all : withPresetGroups(all);
  const head = paint(breaking.length > 0 ? 'error' : 'strong', headline(difference));
  return [
    `${head}${series === undefined ? '' : `\n${series}`}\n`,
    ...items.map((item) => ('at' in item ? block(item, paint) : presetBlock(item, paint))),
  ].join('\n');
}
