// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { scrape } from '../exposition/handler.js';
import { push } from './push.js';
import type { PushOptions, PushReport } from './push.js';
import { pushEvery } from './push-interval.js';
import type { Pushing, PushingOptions } from './push-interval.js';

export { stopAllPushing } from './push-interval.js';

/**
 * Pushes the page of metrics to a Prometheus Pushgateway, for jobs that end before anyone could scrape them. Never rejects.
 * @param options where to and how; see `PushOptions`
 */
export function pushMetrics(options: PushOptions): Promise<PushReport> {
  return push(options, scrape);
}

/**
 * Pushes it every so many seconds while a job runs; `stop()` pushes the last values. Never throws.
 * @param options where to, how and how often; see `PushingOptions`
 */
export function startPushing(options: PushingOptions): Pushing {
  return pushEvery(options, scrape);
}
