import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import type { LocatedEntry, LocatedMap } from '../located.js';
import { listedAt } from './listed.js';
import { overlay } from './merge.js';
import { parseFile } from '../yaml/parse.js';
import { plainValue } from '../plain.js';
import { asPreset } from './preset-labels.js';
import { packageFile } from '../../package-root.js';
import { presetNames, presetsTogether, presetText } from '../presets.js';
import { quoted } from '../quote.js';

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
  return fragment(name, `${name}.yaml`, () => presetText(name));
}

/** The tree of a file below presets/, its entries marked as those of a preset; read once. */
function fragment(preset: string, file: string, text: () => string): Preset {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const source = new SourceFile(`obs-gen:presets/${file}`, text());
  const { value, diagnostics } = parseFile(source);
  const [fault] = diagnostics;
  if (value === undefined || fault !== undefined)
    throw new Error(`presets/${file} is faulty: ${fault?.message ?? 'no tree'}`);
  const made = { source, root: asPreset(value.root, preset) };
  parsed.set(file, made);
  return made;
}

/** What comes with presets because a spec has several of them; its entries are those of the last one. */
function togetherWith(names: ReadonlySet<string>): readonly Preset[] {
  return presetsTogether
    .filter(({ of }) => of.every((name) => names.has(name)))
    .map(({ of, file }) => fragment(of.at(-1) ?? '', file, () => packageFile('presets', file)));
}

/** Presets that a section needs and that therefore need not be named: what collectors of GPUs read is the metrics of theirs. */
function impliedBy(root: LocatedMap): readonly string[] {
  const gpu = root.entries.get('gpu')?.value;
  const collectors = gpu?.kind === 'map' ? gpu.entries.get('collectors')?.value : undefined;
  return collectors?.kind === 'map' && collectors.entries.size > 0 ? ['gpu'] : [];
}

/** A tree with the presets below it that it names. */
export interface Layered {
  readonly root: LocatedMap;
  readonly sources: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The last presets that were laid over each other: an editor asks for the same ones at every keystroke. */
let latest: { readonly presets: readonly Preset[]; readonly layer: LocatedMap | undefined } | undefined;

/** Presets over each other, the first uppermost. */
function layerOf(presets: readonly Preset[]): LocatedMap | undefined {
  const isSame =
    latest?.presets.length === presets.length && presets.every((each, at) => each === latest?.presets[at]);
  if (latest !== undefined && isSame) return latest.layer;
  const [first, ...others] = presets.map((preset) => preset.root);
  const layer = first && others.reduce((above, below) => overlay(above, below), first);
  latest = { presets, layer };
  return layer;
}

/** Lays a spec over its presets, those that it names and those that its sections imply. Names of presets that do not exist are left to the schema. */
export function overPresets(root: LocatedMap): Layered {
  const wanted = listedAt(root, 'presets').flatMap((item) =>
    item.kind === 'scalar' ? [String(item.value)] : [],
  );
  const names = new Set([...wanted, ...impliedBy(root)]);
  const presets = [...[...names].flatMap((name) => presetTree(name) ?? []), ...togetherWith(names)];
  const layer = layerOf(presets);
  if (layer === undefined) return { root, sources: [], diagnostics: [] };
  const { root: filled, diagnostics: ofEmpty } = withoutEmptySections(root, layer);
  const { root: agreeing, diagnostics: ofMetrics } = withPresetMetrics(filled, layer);
  return {
    root: overlay(agreeing, layer),
    sources: presets.map(({ source }) => source),
    diagnostics: [...ofEmpty, ...ofMetrics],
  };
}

/**
 * A section without a value, `labels:` and nothing behind it, is one that was not filled yet: it does not take out what the presets say
 * there. A written null does.
 */
function withoutEmptySections(root: LocatedMap, layer: LocatedMap): Pick<Layered, 'root' | 'diagnostics'> {
  const diagnostics: Diagnostic[] = [];
  const entries = new Map<string, LocatedEntry>();
  for (const [key, entry] of root.entries) {
    const { value } = entry;
    const isEmpty = value.kind === 'scalar' && value.value === null && value.range.start === value.range.end;
    if (!isEmpty || !layer.entries.has(key)) entries.set(key, entry);
    else diagnostics.push(emptySection(entry));
  }
  return { root: { ...root, entries }, diagnostics };
}

function emptySection({ key }: LocatedEntry): Diagnostic {
  return diagnostic('OBS2102', {
    message: `${quoted(key.value)} has no value and removes nothing`,
    range: key.range,
    help: `remove it, or write \`${key.value}: ~\` to take out all that the presets define there`,
  });
}

/**
 * Metrics of the spec that have a preset's name and say something else of type or labels: the preset's queries would break. They are
 * reported and then read with the preset's type and labels, so that each is one finding.
 */
function withPresetMetrics(root: LocatedMap, layer: LocatedMap): Pick<Layered, 'root' | 'diagnostics'> {
  const section = root.entries.get('metrics');
  const theirs = layer.entries.get('metrics')?.value;
  if (section?.value.kind !== 'map' || theirs?.kind !== 'map') return { root, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const metrics = new Map(section.value.entries);
  for (const [name, entry] of section.value.entries) {
    const preset = theirs.entries.get(name);
    if (preset === undefined || entry.value.kind !== 'map' || preset.value.kind !== 'map') continue;
    const keys = new Map(entry.value.entries);
    for (const key of ['type', 'labels']) {
      const mine = keys.get(key);
      const other = preset.value.entries.get(key);
      if (mine === undefined || signature(mine) === signature(other)) continue;
      diagnostics.push(differs(name, mine, other ?? preset, preset));
      keys.delete(key);
    }
    metrics.set(name, { ...entry, value: { ...entry.value, entries: keys } });
  }
  if (diagnostics.length === 0) return { root, diagnostics };
  const entries = new Map(root.entries);
  entries.set('metrics', { ...section, value: { ...section.value, entries: metrics } });
  return { root: { ...root, entries }, diagnostics };
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
