// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { environmentVariable } from '../host.js';
import { addNote } from '../notes.js';
import type { Settings } from './settings.js';

const levels = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

/** What the environment sets: LOG_LEVEL, OBSGEN_SAMPLING, OBSGEN_CAPTURE_CONTENT and OBSGEN_DISABLED, a list of what is switched off. */
export function environmentSettings(): Settings {
  const logLevel = environmentVariable('LOG_LEVEL')?.toLowerCase();
  const sampling = shareIn('OBSGEN_SAMPLING');
  const capture = environmentVariable('OBSGEN_CAPTURE_CONTENT');
  const disabled = (environmentVariable('OBSGEN_DISABLED') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    ...(logLevel !== undefined && levels.has(logLevel) ? { logLevel } : {}),
    ...(sampling === undefined ? {} : { sampling }),
    ...(capture === undefined ? {} : { captureContent: capture === 'true' }),
    ...(disabled.length === 0 ? {} : { switches: Object.fromEntries(disabled.map((name) => [name, false])) }),
  };
}

function shareIn(name: string): number | undefined {
  const text = environmentVariable(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value >= 0 && value <= 1) return value;
  addNote('environment', `${name} has to be a number from 0 to 1, and is ignored`);
  return undefined;
}
