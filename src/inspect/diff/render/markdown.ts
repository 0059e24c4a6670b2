import {
  cellCode,
  code,
  heading,
  join,
  marked,
  table,
  text,
  type Markdown,
} from '../../../encode/markdown.js';
import { brokenClasses, changeClasses, type Change } from '../change.js';
import type { Difference } from '../diff.js';
import { membersOf, withPresetGroups, type PresetGroup } from '../presets.js';
import { listed } from '../values.js';
import {
  classCounts,
  counted,
  grouped,
  headline,
  readersBeyond,
  seriesLine,
  short,
  transition,
  verdictsOf,
} from './words.js';

/** Readers named in a row of the table; the details name all. */
const mostNamed = 4;
/** A comment of a pull request has room for 65536 characters: what goes beyond these is only counted. */
const mostRows = 60;
const longestValue = 600;
const room = { breaking: 26_000, accepted: 6000, safe: 10_000 } as const;

function readers({ hits }: Change, most: number): Markdown {
  const named = hits.slice(0, most).map(({ kind, name }) => marked`${text(kind)} ${cellCode(name)}`);
  const more = hits.length - named.length;
  return join([...named, ...(more > 0 ? [marked`${more} more`] : [])], ', ');
}

function row(change: Change): readonly Markdown[] {
  return [
    marked`${cellCode(change.at)} ${text(change.kind)}`,
    join(brokenClasses(change).map(text), ', '),
    readers(change, mostNamed),
  ];
}

function details(change: Change): Markdown {
  const what = transition(change);
  const head = marked`- ${code(change.at)} ${text(change.kind)}${what === undefined ? text('') : marked`: ${code(short(what, longestValue))}`}`;
  const lines = change.consequences.map(({ class: of, breaking, text: words }) => {
    const isAccepted = breaking && change.allowance?.allow.includes(of) === true;
    const verdict = isAccepted ? 'accepted' : breaking ? 'breaks' : 'safe';
    return marked`  - ${text(of)}, ${text(verdict)}: ${text(words)}`;
  });
  const ways = new Set(change.consequences.flatMap(({ help }) => help ?? []));
  const helps = [...ways].map((help) => marked`  - what to do: ${text(help)}`);
  const read = change.hits.length === 0 ? [] : [marked`  - read by ${readers(change, Infinity)}`];
  const accepted =
    change.allowance === undefined
      ? []
      : [marked`  - accepted until ${text(change.allowance.until)}: ${text(change.allowance.reason)}`];
  return join([head, ...lines, ...read, ...helps, ...accepted], '\n');
}

/** A preset that came or went, as one row or one item: what a comment has room for. */
function presetRow(group: PresetGroup): readonly Markdown[] {
  const { name, kind, changes } = group;
  const classes = changeClasses.filter((of) => changes.some((change) => brokenClasses(change).includes(of)));
  const read = readersBeyond(changes);
  const named = read.slice(0, mostNamed).map((each) => marked`${text(each.kind)} ${cellCode(each.name)}`);
  const more = read.length - named.length;
  return [
    marked`${cellCode(`presets.${name}`)} ${text(kind)}: ${text(listed(membersOf(group)))}`,
    join(classes.map(text), ', '),
    join([...named, ...(more > 0 ? [marked`${more} more`] : [])], ', '),
  ];
}

function presetDetails(group: PresetGroup): Markdown {
  const lines = verdictsOf(group.changes).map(
    ({ of, verdict, count }) => marked`  - ${text(of)}, ${text(verdict)}: ${text(counted(count, 'change'))}`,
  );
  const head = marked`- ${code(`presets.${group.name}`)} ${text(group.kind)}: ${text(listed(membersOf(group)))}`;
  return join([head, ...lines, marked`  - ${text('one by one:')} ${code('obs-gen diff --verbose')}`], '\n');
}

function folded(title: string, changes: readonly Change[], characters: number): readonly Markdown[] {
  if (changes.length === 0) return [];
  const shown: Markdown[] = [];
  let length = 0;
  const items = withPresetGroups(changes);
  for (const each of items) {
    const item = 'at' in each ? details(each) : presetDetails(each);
    length += item.length;
    if (length > characters) break;
    shown.push(item);
  }
  const more = items.length - shown.length;
  const rest = more > 0 ? [marked`- ${more} more: \`obs-gen diff\` prints them`] : [];
  return [
    marked`<details><summary>${text(title)}</summary>\n\n${join([...shown, ...rest], '\n')}\n\n</details>`,
  ];
}

/** What changed, as a comment of a pull request: a table of what breaks, everything else folded. */
export function differenceMarkdown(difference: Difference): string {
  const { breaking, accepted, safe } = grouped(difference.changes);
  const rows = withPresetGroups(breaking);
  const series = seriesLine(difference);
  const counts = classCounts(breaking).map(([of, count]) => marked`${text(of)} ${count}`);
  const parts = [
    heading(3, text(`Telemetry: ${headline(difference)}`)),
    ...(counts.length === 0 ? [] : [marked`Breaks ${join(counts, ', ')}.`]),
    ...(series === undefined ? [] : [text(series)]),
    ...(breaking.length === 0
      ? []
      : [
          table(
            [text('Change'), text('Breaks'), text('Read by')],
            rows.slice(0, mostRows).map((each) => ('at' in each ? row(each) : presetRow(each))),
          ),
        ]),
    ...(rows.length > mostRows ? [marked`and ${rows.length - mostRows} more.`] : []),
    ...folded('What breaks, and what to do', breaking, room.breaking),
    ...folded('Accepted', accepted, room.accepted),
    ...folded('Safe', safe, room.safe),
    ...(difference.diagnostics.length === 0
      ? []
      : [
          join(
            difference.diagnostics.map(({ code: of, message }) => marked`- ${text(of)}: ${text(message)}`),
            '\n',
          ),
        ]),
  ];
  return `${join(parts, '\n\n')}\n`;
}
