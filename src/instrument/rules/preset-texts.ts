import { packageFile } from '../../package-root.js';

/** The SDKs that there are rules for, in the order of the schema. */
export const instrumentPresets = ['openai', 'anthropic', 'vercel-ai', 'mcp', 'langchain', 'mastra'] as const;

export type InstrumentPreset = (typeof instrumentPresets)[number];

/** The YAML of a preset of rules, comments included. */
export function instrumentPresetText(name: InstrumentPreset): string {
  return packageFile('presets', 'instrument', `${name}.yaml`);
}
