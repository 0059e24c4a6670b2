/** Alerts of every form that is predicted, in the shapes that the specs of this repository do not have. */
export const forms = `
version: 1
service: { name: shop, owner: team-a, runbooks: https://runbooks.example.com/shop, selector: { job: shop } }
presets: [security]
target: { prometheus: { version: '2.42', scrapeInterval: 30s, evaluationInterval: 30s } }
labels:
  model: { description: Model., values: [large, small] }
  outcome: { description: Outcome., values: [ok, failed, refused, cancelled] }
  reason: { description: Reason., values: [timeout, overload] }
  queue: { description: Queue., cap: 5 }
  route: { description: Route., registered: true, cap: 10 }
metrics:
  calls_total: { type: counter, help: Calls., labels: [model, outcome] }
  fallbacks_total: { type: counter, help: Fallbacks., labels: [model, reason] }
  hits_total: { type: counter, help: Hits., labels: [route] }
  lookups_total: { type: counter, help: Lookups., labels: [route] }
  queue_depth: { type: gauge, help: Depth., labels: [queue] }
  disk_free_bytes: { type: gauge, help: Free. }
  load_ratio: { type: gauge, help: Load., labels: [model] }
security:
  events:
    auth.failed: { severity: medium, fields: { source_ip: ip }, alert: { above: 20, per: 5m, by: source_ip } }
    prompt.injection: { severity: critical, description: 'Orders in a {{ document }}.', fields: { tool: string }, alert: { above: 0, per: 1h } }
alerts:
  Failures:
    ratio: { part: 'calls_total{outcome=~"failed|refused"}', whole: 'calls_total{outcome!="cancelled"}', by: [model], over: 10m, above: 0.1 }
    for: 5m
    keepFiringFor: 10m
    severity: page
    labels: { area: calls }
    summary: '{{ $value | humanizePercentage }} of the calls to {{ $labels.model }} fail.'
  AnyRefusal: { ratio: { part: 'calls_total{outcome="refused"}', whole: calls_total, above: 0 }, severity: info, summary: A call was refused. }
  Fallbacks: { ratio: { part: fallbacks_total, whole: calls_total, by: [model], above: 0.5, minEvents: 0 }, severity: ticket, summary: Fallbacks. }
  FewHits: { ratio: { part: hits_total, whole: lookups_total, by: [route], over: 10m, below: 0.8, minEvents: 50 }, for: 10m, severity: ticket, summary: 'Route {{ $labels.route }} misses.' }
  MostlyFailing: { ratio: { part: 'calls_total{outcome!="ok"}', whole: calls_total, above: 0.9 }, severity: page, summary: Nearly all fail. }
  SmallUnused: { ratio: { part: 'calls_total{model="small"}', whole: calls_total, below: 0.2 }, severity: info, summary: 'Share: {{ $value }}.' }
  CallsGone: { absent: { metric: calls_total }, for: 5m, keepFiringFor: 5m, severity: page, summary: No calls. }
  SmallGone: { absent: { metric: 'calls_total{model="small",outcome!="cancelled"}' }, severity: ticket, summary: '{{ $labels.model }} is gone.' }
  HitsGone: { absent: { metric: 'absent_over_time(hits_total[15m])' }, for: 1m, severity: ticket, summary: No hits. }
  QueueFull: { forecast: { metric: queue_depth, by: [queue], horizon: 4h, above: 5000 }, for: 15m, keepFiringFor: 5m, severity: ticket, summary: '{{ $labels.queue }}: {{ $value | humanize }}' }
  DiskFull: { forecast: { metric: disk_free_bytes, horizon: 4h, over: 30m, below: 1000000 }, severity: page, summary: 'Free: {{ $value | humanize1024 }}B' }
  LoadUnusual: { anomaly: { query: 'avg by (model) (load_ratio)', season: 2h, deviations: 3 }, for: 5m, keepFiringFor: 5m, severity: ticket, summary: '{{ $labels.model }}: {{ $labels.anomaly }}' }
  FewCalls: { anomaly: { query: 'sum(rate(calls_total[10m]))', season: 1d, deviations: 4, minimum: 5, direction: below }, for: 15m, severity: page, summary: Few calls. }
  ManyCalls: { anomaly: { query: '60 * sum by (model) (rate(calls_total[5m]))', season: 6h, deviations: 2, minimum: 10, direction: above }, severity: info, summary: Many calls. }
`;
