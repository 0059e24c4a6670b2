import { presetNames, presetText } from '../spec/presets.js';

/**
 * The preset that declares an entry: what an unknown name may have been meant for. Looked up in the text of the presets, which is
 * enough for a hint and needs no second reading of YAML.
 * @param section 'labels', 'metrics', 'spans', …
 */
export function presetWith(section: string, name: string): string | undefined {
  if (section === 'labels') {
    const [preset = '', label, ...rest] = name.split('.');
    return label !== undefined &&
      rest.length === 0 &&
      presetNames.includes(preset) &&
      declares(preset, section, label)
      ? preset
      : undefined;
  }
  return presetNames.find((preset) => declares(preset, section, name));
}

/** Entries of a section by preset and section, read once. */
const cache = new Map<string, ReadonlySet<string>>();

function declares(preset: string, section: string, name: string): boolean {
  const key = `${preset}/${section}`;
  let names = cache.get(key);
  if (names === undefined) {
    names = namesIn(presetText(preset), section);
    cache.set(key, names);
  }
  return names.has(name);
}

/** The keys one level below a top-level key of a YAML file in the presets' style: two spaces, plain keys. */
function namesIn(text: string, section: string): ReadonlySet<string> {
  const names = new Set<string>();
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^[^\s#]/.test(line)) inside = line.startsWith(`${section}:`);
    const key = /^ {2}([\w.-]+):/.exec(line)?.[1];
    if (inside && key !== undefined) names.add(key);
  }
  return names;
}
