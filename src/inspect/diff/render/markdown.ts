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
import { brokenClasses, type Change } from '../change.js';
import type { Difference } from '../diff.js';
import { classCounts, grouped, headline, seriesLine, short, transition } from './words.js';

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

function folded(title: string, changes: readonly Change[], characters: number): readonly Markdown[] {
  if (changes.length === 0) return [];
  const shown: Markdown[] = [];
  let length = 0;
  for (const change of changes) {
    const item = details(change);
    length += item.length;
    if (length > characters) break;
    shown.push(item);
  }
  const more = changes.length - shown.length;
  const rest = more > 0 ? [marked`- ${more} more: \`obs-gen diff\` prints them`] : [];
  return [
    marked`<details><summary>${text(title)}</summary>\n\n${join([...shown, ...rest], '\n')}\n\n</details>`,
  ];
}

/** What changed, as a comment of a pull request: a table of what breaks, everything else folded. */
export function differenceMarkdown(difference: Difference): string {
  const { breaking, accepted, safe } = grouped(difference.changes);
  const series = seriesLine(difference);
  const counts = classCounts(breaking).map(([of, count]) => marked`${text(of)} ${count}`);
  const parts = [
    heading(3, text(`Telemetry: ${headline(difference)}`)),
    ...(counts.length === 0 ? [] : [marked`Breaks ${join(counts, ', ')}.`]),
    ...(series === undefined ? [] : [text(series)]),
    ...(breaking.length === 0
      ? []
      : [table([text('Change'), text('Breaks'), text('Read by')], breaking.slice(0, mostRows).map(row))]),
    ...(breaking.length > mostRows ? [marked`and ${breaking.length - mostRows} more.`] : []),
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
