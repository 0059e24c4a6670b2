import { environmentOf } from '../../../src/model/analysis.js';
import { modelOf } from '../../support/model.js';

/** A small world for tests of the analysis: one metric of each kind. */
export const shop = environmentOf(
  modelOf(`version: 1
service: { name: shop, selector: { job: shop } }
target: { prometheus: { scrapeInterval: 15s, evaluationInterval: 30s } }
labels:
  queue: { description: Queue., registered: true, cap: 5 }
  tool: { description: Tool., cap: 8 }
  outcome: { description: How it ended., values: [ok, failed] }
external:
  up: { type: gauge, labels: [job, instance], range: [0, 1] }
  other_total: { type: unknown }
metrics:
  requests_total: { type: counter, help: Requests., labels: [outcome], init: true }
  calls_total: { type: counter, help: Calls., labels: [tool, outcome] }
  queue_depth: { type: gauge, help: Depth., labels: [queue] }
  queue_size: { type: gauge, help: Size., labels: [queue, tool] }
  hit_ratio: { type: gauge, help: Share of hits., range: [0, 1] }
  drift_ratio: { type: gauge, help: Relative error. }
  memory_bytes: { type: gauge, help: Memory. }
  built_timestamp_seconds: { type: gauge, help: When it was built. }
  request_seconds: { type: histogram, help: Time of a request., labels: [outcome], buckets: [0.1, 0.5, 1, 5] }
  wide_seconds: { type: histogram, help: Time of a job., buckets: [1, 10, 100] }
`),
);
