// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { environmentVariable } from '../host.js';
import { environmentSettings } from './environment-settings.js';
import { SettingsFile } from './settings-file.js';
import { applySettings } from './settings.js';
import type { Settings } from './settings.js';

/** Where settings come from at the start. */
export interface SettingsSources {
  /** What the program chooses; each of the environment and the file wins over it. */
  readonly settings?: Settings | undefined;
  /** A JSON file of settings; OBSGEN_SETTINGS_FILE wins. */
  readonly settingsFile?: string | undefined;
  /** How often the file is looked at, in seconds. */
  readonly settingsIntervalSeconds?: number | undefined;
}

const defaultIntervalSeconds = 2;

/**
 * Puts the settings into force and follows the file. A key of the file wins over the environment, which is fixed when the process starts;
 * that wins over the program, and all over the spec. Switches and categories are merged by name.
 * @returns the end of it
 */
export function startSettings(sources: SettingsSources): () => void {
  const { settings: chosen = {}, settingsIntervalSeconds: interval = defaultIntervalSeconds } = sources;
  const apply = (ofFile: Settings): void => {
    applySettings(merged([chosen, environmentSettings(), ofFile]));
  };
  const path = environmentVariable('OBSGEN_SETTINGS_FILE') ?? sources.settingsFile;
  apply({});
  if (path === undefined) return nothing;
  const file = new SettingsFile(path, apply);
  file.read();
  return file.watch(interval > 0 ? interval : defaultIntervalSeconds);
}

function merged(all: readonly Settings[]): Settings {
  const switches = Object.assign({}, ...all.map((each) => each.switches)) as Record<string, boolean>;
  const logCategories = Object.assign({}, ...all.map((each) => each.logCategories)) as Record<string, string>;
  const labels = Object.assign({}, ...all.map((each) => each.labels)) as NonNullable<Settings['labels']>;
  return { ...(Object.assign({}, ...all.map(defined)) as Settings), switches, logCategories, labels };
}

/** Without keys that are undefined, which would hide those of others. */
function defined(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function nothing(): void {
  // No file is followed.
}
