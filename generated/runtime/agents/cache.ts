// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AgentMetrics } from './metrics.js';
import { timedWork } from './timed-work.js';

/** The caches of an agent. */
export type CacheName = 'prompt' | 'semantic' | 'tool' | 'embedding';

/** Look-ups of one cache. */
export interface Cache {
  /**
   * Looks something up: `undefined` and `null` are misses.
   * @param isHit says it, for results of another form
   */
  lookup<R>(work: () => R, isHit?: (result: Awaited<R>) => boolean): R;
  /** The cache was not asked. */
  bypassed(): void;
  /** A hit saved so many tokens. */
  savedTokens(tokens: number): void;
  /** Entries were removed. */
  evicted(reason: 'expired' | 'capacity' | 'invalidated', entries?: number): void;
  /** What it holds. */
  size(size: { readonly entries?: number; readonly bytes?: number }): void;
}

/** The helpers of a cache; see `Agents.cache`. */
export function cacheOf(metrics: AgentMetrics, cache: CacheName): Cache {
  return {
    lookup: (work, isHit) =>
      timedWork(work, (ending, seconds) => {
        metrics.agentCacheLookupDurationSeconds?.observe({ cache }, seconds);
        metrics.agentCacheRequestsTotal?.inc({ cache, result: resultOf() });

        function resultOf(): 'hit' | 'miss' | 'error' {
          if ('error' in ending) return 'error';
          const found =
            isHit === undefined
              ? ending.value !== undefined && ending.value !== null
              : (isHit as (result: unknown) => boolean)(ending.value);
          return found ? 'hit' : 'miss';
        }
      }),
    bypassed() {
      metrics.agentCacheRequestsTotal?.inc({ cache, result: 'bypass' });
    },
    savedTokens(tokens) {
      metrics.agentCacheSavedTokensTotal?.inc({ cache }, tokens);
    },
    evicted(reason, entries = 1) {
      metrics.agentCacheEvictionsTotal?.inc({ cache, reason }, entries);
    },
    size({ entries, bytes }) {
      if (entries !== undefined) metrics.agentCacheEntries?.set({ cache }, entries);
      if (bytes !== undefined) metrics.agentCacheSizeBytes?.set({ cache }, bytes);
    },
  };
}
