import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { SourceFile } from '../diagnostics/source-file.js';
import type { LocatedEntry, LocatedMap } from './located.js';
import { locate } from './located.js';
import { overlay } from './merge.js';
import { parseFile } from './parse.js';
import { plainValue } from './plain.js';
import { asPreset } from './preset-labels.js';
import { presetNames, presetText } from './presets.js';
import { quoted } from './quote.js';

/** A preset as a tree. */
interface Preset {
  readonly source: SourceFile;
  readonly root: LocatedMap;
}

/** Presets do not change while the program runs. */
const parsed = new Map<string, Preset>();

/** A preset's tree, its labels renamed; undefined where there is no such preset. Throws where a preset of ours is not valid YAML. */
export function presetTree(name: string): Preset | undefined {
  if (!presetNames.includes(name)) return undefined;
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const source = new SourceFile(`obs-gen:presets/${name}.yaml`, presetText(name));
  const { value, diagnostics } = parseFile(source);
  const [fault] = diagnostics;
  if (value === undefined || fault !== undefined)
    throw new Error(`preset ${name} is faulty: ${fault?.message ?? 'no tree'}`);
  const preset = { source, root: asPreset(value.root, name) };
  parsed.set(name, preset);
  return preset;
}

/** A tree with the presets below it that it names. */
export interface Layered {
  readonly root: LocatedMap;
  readonly sources: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays a spec over its presets. Names of presets that do not exist are left to the schema. */
export function overPresets(root: LocatedMap): Layered {
  const names = root.entries.get('presets')?.value;
  const wanted =
    names?.kind === 'sequence'
      ? names.items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []))
      : [];
  const presets = [...new Set(wanted)].flatMap((name) => presetTree(name) ?? []);
  const [first, ...others] = presets.map((preset) => preset.root);
  if (first === undefined) return { root, sources: [], diagnostics: [] };
  const layer = others.reduce((above, below) => overlay(above, below), first);
  return {
    root: overlay(root, layer),
    sources: presets.map(({ source }) => source),
    diagnostics: differingMetrics(root, layer),
  };
}

/** Metrics of the spec that have a preset's name and say something else of type or labels: the preset's queries would break. */
function differingMetrics(root: LocatedMap, layer: LocatedMap): Diagnostic[] {
  const own = locate(root, ['metrics']);
  const theirs = locate(layer, ['metrics']);
  if (own?.kind !== 'map' || theirs?.kind !== 'map') return [];
  const diagnostics: Diagnostic[] = [];
  for (const [name, entry] of own.entries) {
    const preset = theirs.entries.get(name);
    if (preset === undefined || entry.value.kind !== 'map' || preset.value.kind !== 'map') continue;
    for (const key of ['type', 'labels']) {
      const mine = entry.value.entries.get(key);
      const other = preset.value.entries.get(key);
      if (mine !== undefined && signature(mine) !== signature(other))
        diagnostics.push(differs(name, mine, other ?? preset, preset));
    }
  }
  return diagnostics;
}

/** What is compared: the order of labels does not matter. */
function signature(entry: LocatedEntry | undefined): string {
  const value = entry === undefined ? [] : plainValue(entry.value);
  return Array.isArray(value)
    ? JSON.stringify(value.map((each) => JSON.stringify(each)).sort())
    : JSON.stringify(value);
}

function differs(name: string, mine: LocatedEntry, other: LocatedEntry, preset: LocatedEntry): Diagnostic {
  const from = preset.preset ?? '';
  return diagnostic('OBS2103', {
    message: `${quoted(name)} has ${mine.key.value === 'type' ? 'another type' : 'other labels'} than in preset \`${from}\``,
    range: mine.value.range,
    related: [{ range: other.key.range, message: `preset \`${from}\` defines it here` }],
    help: `rename your metric, or leave \`${mine.key.value}\` to the preset`,
  });
}
