import { parse } from 'yaml';
import { packageFile } from '../../package-root.js';
import type { Instrument, Rule } from '../../spec/spec.js';

/** The SDKs that there are rules for, in the order of the schema. */
export const instrumentPresets = ['openai', 'anthropic', 'vercel-ai', 'mcp', 'langchain', 'mastra'] as const;

export type InstrumentPreset = (typeof instrumentPresets)[number];

/** The YAML of a preset of rules, comments included. */
export function instrumentPresetText(name: InstrumentPreset): string {
  return packageFile('presets', 'instrument', `${name}.yaml`);
}

/** They do not change while the program runs. */
const cache = new Map<InstrumentPreset, readonly Rule[]>();

/** The rules of a preset, in the order of rank; the tests hold them against the schema. */
export function presetRules(name: InstrumentPreset): readonly Rule[] {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const { instrument } = parse(instrumentPresetText(name)) as { readonly instrument: Instrument };
  const rules = instrument.rules ?? [];
  cache.set(name, rules);
  return rules;
}
