import { SourceFile } from '../../src/diagnostics/source-file.js';
import { baselinePath } from '../../src/baseline/path.js';
import type { FleetSource } from '../../src/fleet/analyse-fleet.js';
import { memoryFiles, type FileStore } from '../../src/spec/layers/imports.js';

/** Services in memory, their baselines among the files. */
export function inMemory(
  files: ReadonlyMap<string, string>,
  store: FileStore = memoryFiles(files),
): FleetSource {
  return {
    store,
    idOf: (spec) => spec,
    exists: () => true,
    baseline(spec) {
      const path = baselinePath(spec);
      const text = files.get(path);
      return text === undefined ? undefined : { value: new SourceFile(path, text), diagnostics: [] };
    },
  };
}
