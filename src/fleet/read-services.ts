import { resolve as absolute } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { hasErrors } from '../diagnostics/create.js';
import { resolve } from '../model/resolve.js';
import { diskFiles, type FileStore } from '../spec/layers/imports.js';
import { loadSpecFrom } from '../spec/load.js';
import { readOnce } from './read-once.js';
import type { FleetService } from './fleet.js';

/** A service read without being checked: what only looks at names, owners and days need not wait for the checks. */
export interface UncheckedService extends FleetService {
  /** Whether something in it is wrong, so that a part of it may be missing. */
  readonly isFaulty: boolean;
}

/** Reads the specs of several services; files that several of them import are read once. */
export function readServices(specs: readonly string[], store?: FileStore): readonly UncheckedService[] {
  const files = readOnce(store ?? diskFiles);
  return specs.map((spec) => {
    const outcome = loadSpecFrom(files, store === undefined ? absolute(spec) : spec);
    const resolved = outcome.value === undefined ? undefined : resolve(outcome.value);
    const diagnostics: readonly Diagnostic[] = [...outcome.diagnostics, ...(resolved?.diagnostics ?? [])];
    return {
      spec,
      model: resolved?.value,
      loaded: outcome.value,
      diagnostics,
      isFaulty: hasErrors(diagnostics),
    };
  });
}
