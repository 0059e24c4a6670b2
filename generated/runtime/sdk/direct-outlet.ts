// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { countLost } from '../account.js';
import type { Outlet, QueueDefinition } from './export-queue.js';

/** Exports each item as it ends: for exporters that send nothing over a network, so that people and tests see it at once. */
export class DirectOutlet<T> implements Outlet<T> {
  readonly pending = 0;
  exported = 0;
  lost = 0;
  private readonly definition: Omit<QueueDefinition<T>, 'limits'>;

  constructor(definition: Omit<QueueDefinition<T>, 'limits'>) {
    this.definition = definition;
  }

  get signal(): Outlet<T>['signal'] {
    return this.definition.signal;
  }

  add(item: T): void {
    const { signal, exporter, prepare } = this.definition;
    try {
      exporter.export(prepare?.([item]) ?? [item], ({ code }) => {
        if (code === 0) this.exported += 1;
        else this.lose();
      });
    } catch (error) {
      diag.debug(`${signal}: an export failed`, error);
      this.lose();
    }
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.definition.exporter.shutdown();
  }

  abandon(): void {
    // Nothing waits.
  }

  private lose(): void {
    this.lost += 1;
    countLost(this.definition.signal, 'export_failed');
  }
}
