import { parse } from 'yaml';
import type { Instrument, Rule } from '../../spec/spec.js';
import { instrumentPresetText, type InstrumentPreset } from './preset-texts.js';

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
