import { packageFile } from '../package-root.js';

/** The fragments of spec that ship with obs-gen, in the order in which `obs-gen presets` lists them. */
export const presetNames: readonly string[] = [
  'agent',
  'http',
  'node',
  'security',
  'training',
  'queue',
  'cache',
  'cost',
  'policy',
  'sandbox',
  'gpu',
  'telemetry',
];

/** The YAML of a preset, comments included; throws for a name that is not in `presetNames`. */
export function presetText(name: string): string {
  if (!presetNames.includes(name)) throw new RangeError(`there is no preset ${name}`);
  return packageFile('presets', `${name}.yaml`);
}

/** Fragments that come with presets where a spec has all of them: rules that join what each one measures. */
export const presetsTogether: readonly { readonly of: readonly string[]; readonly file: string }[] = [
  { of: ['gpu', 'training'], file: 'together/gpu-training.yaml' },
];

/** What a preset is for, in one line: the comment on the first line of its text. */
export function presetDescription(text: string): string {
  const firstLine = text.split('\n', 1)[0] ?? '';
  return firstLine.replace(/^#\s*/, '').trim();
}
