import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Model } from '../model/model.js';
import type { LoadedSpec } from '../spec/loaded.js';

/** One service of a repository, as far as its spec could be read. */
export interface FleetService {
  /** Its spec, as people know it. */
  readonly spec: string;
  readonly model: Model | undefined;
  readonly loaded: LoadedSpec | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** How many findings its baseline took out; absent where it has none. */
  readonly accepted?: number;
}

/** A service whose spec could be read: what checks across services look at. */
export interface ReadService {
  readonly spec: string;
  readonly model: Model;
}

/** How a service is called in a message. */
export function serviceTitle({ spec, model }: Pick<FleetService, 'spec' | 'model'>): string {
  return model === undefined ? spec : `${model.service.name} (${spec})`;
}
