import { endOf } from '../directives.js';
import { isImport } from '../import-place.js';
import { cut, type Cut, type Reading } from './cut.js';
import { beginsLine, belowLine, overBlanks, overLineEnd, wholeLines } from './lines.js';
import type { Mark, MarkedName } from './marks.js';

/** How an import of helpers goes: the whole of it where nothing uses it any more, else the names that are not used. */
export function importCuts(mark: Mark, used: ReadonlySet<string>, reading: Reading): readonly Cut[] {
  if (mark.whole !== undefined) return used.has(mark.whole) ? [] : [wholeImport(mark, reading)];
  const unused = mark.names.filter(({ local }) => !used.has(local));
  if (unused.length === mark.names.length) return [wholeImport(mark, reading)];
  return mark.names.flatMap((name, index) =>
    used.has(name.local) ? [] : [oneName(mark.names, index, used, reading)],
  );
}

/** The import with its line, as it was put in: below another one, or first in the file with an empty line behind it. */
function wholeImport({ statement }: Mark, { source, text }: Reading): Cut {
  const stretch = { start: statement.getStart(source), end: endOf(text, statement) };
  const behind = overBlanks(text, stretch.end);
  const isAlone = overLineEnd(text, behind) > behind || behind === text.length;
  if (!beginsLine(text, stretch.start) || !isAlone) return cut(belowLine(text, stretch));
  const previous = source.statements[source.statements.indexOf(statement) - 1];
  return cut(
    previous !== undefined && isImport(previous) ? belowLine(text, stretch) : wholeLines(text, stretch, true),
  );
}

/** One name of a list, with the comma and the space between it and the next one; the last ones go with those before them. */
function oneName(
  names: readonly MarkedName[],
  index: number,
  used: ReadonlySet<string>,
  { source }: Reading,
): Cut {
  const next = names.slice(index + 1).find(({ local }) => used.has(local));
  const { node } = names[index] as MarkedName;
  if (next !== undefined) {
    const following = names[index + 1] as MarkedName;
    return cut({ start: node.getStart(source), end: following.node.getStart(source) });
  }
  const before = names[index - 1] as MarkedName;
  return cut({ start: before.node.end, end: node.end });
}
