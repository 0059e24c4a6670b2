import { painter } from '../../../diagnostics/render/style.js';
import { printJson } from '../../../encode/json.js';
import { ownedKinds, type Owned } from '../owned.js';
import { compareText, shownSpot } from '../place.js';
import { columns, counted } from './columns.js';

function countsOf(entries: readonly Owned[]): string {
  return ownedKinds
    .flatMap((kind) => {
      const count = entries.filter((each) => each.kind === kind).length;
      return count === 0 ? [] : [counted(count, kind)];
    })
    .join(', ');
}

function rowOf({ kind, name, source, file, line, service }: Owned, several: boolean): readonly string[] {
  const from = source === 'service' ? "the service's owner" : '';
  return [`  ${kind}`, name, ...(several ? [service] : []), shownSpot({ file, line }), from];
}

/** Owners, those with most to answer for first; what nobody owns comes last, where it is read. */
function byOwner(entries: readonly Owned[]): readonly (readonly [string | undefined, readonly Owned[]])[] {
  const groups = new Map<string | undefined, Owned[]>();
  for (const each of entries) {
    const known = groups.get(each.owner);
    if (known === undefined) groups.set(each.owner, [each]);
    else known.push(each);
  }
  return [...groups].sort(
    ([a, first], [b, second]) =>
      Number(a === undefined) - Number(b === undefined) ||
      second.length - first.length ||
      compareText(a ?? '', b ?? ''),
  );
}

/** Who is asked about what, for a terminal. What presets bring is counted, and not listed. */
export function ownedPretty(entries: readonly Owned[], color: boolean): string {
  const paint = painter(color);
  const several = new Set(entries.map(({ service }) => service)).size > 1;
  const blocks = byOwner(entries).map(([owner, owned]) => {
    const own = owned.filter(({ preset }) => preset === undefined);
    const more = owned.length - own.length;
    const head = paint(owner === undefined ? 'warning' : 'strong', owner ?? 'nobody');
    const rows = columns(own.map((each) => rowOf(each, several)));
    const rest = more === 0 ? [] : [`  and ${more} of presets`];
    return `${[`${head}: ${countsOf(owned)}`, ...rows, ...rest].join('\n')}\n`;
  });
  return blocks.length === 0 ? 'nothing is owned by that name\n' : blocks.join('\n');
}

/** The same for programs: presets' entries too. */
export function ownedJson(entries: readonly Owned[]): string {
  return printJson({
    version: 1,
    unowned: entries.filter(({ owner }) => owner === undefined).length,
    entries: entries.map(({ service, kind, name, owner, source, preset, file, line }) => ({
      ...{ service, kind, name, owner, source, preset, file, line },
    })),
  });
}
