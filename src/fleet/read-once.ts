import type { Outcome } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import type { FileStore } from '../spec/layers/imports.js';

/** Files that are read, and with that parsed, once, however many specs import them. */
export function readOnce(store: FileStore): FileStore {
  const known = new Map<string, Outcome<SourceFile>>();
  return {
    ...store,
    read(id) {
      const outcome = known.get(id) ?? store.read(id);
      known.set(id, outcome);
      return outcome;
    },
  };
}
