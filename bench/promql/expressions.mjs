// Queries as people write them, over the metrics of test/cases/ims-core: alerts, panels, recording rules; 60 to 500 characters each.
const perService = (service) => [
  `sum by (endpoint, status) (rate(ims_requests_total{service="${service}", status!="success"}[5m])) > 0.5`,
  `sum(rate(ims_requests_total{service="${service}", status="server_error"}[5m])) / (sum(rate(ims_requests_total{service="${service}"}[5m])) > 0) > 0.05`,
  `histogram_quantile(0.99, sum by (le, model) (rate(ims_request_duration_seconds_bucket{service="${service}"}[5m]))) > 5`,
  `(
  sum(rate(ims_requests_total{service="${service}", status="server_error"}[5m])) / (sum(rate(ims_requests_total{service="${service}"}[5m])) > 0) > 14.4 * 0.001
  and
  sum(rate(ims_requests_total{service="${service}", status="server_error"}[1h])) / (sum(rate(ims_requests_total{service="${service}"}[1h])) > 0) > 14.4 * 0.001
)`,
];

const perWindow = (window) => [
  `sum by (vendor) (increase(ims_cost_actual_usd_total[${window}])) / sum by (vendor) (increase(ims_cost_estimated_usd_total[${window}])) - 1 > 0.25`,
  `sum by (policy) (rate(ims_policy_evaluations_total{decision="deny"}[${window}])) / ignoring (decision) (sum by (policy) (rate(ims_policy_evaluations_total[${window}])) > 0)`,
  `sum by (cache) (rate(ims_cache_hits_total[${window}])) / (sum by (cache) (rate(ims_cache_hits_total[${window}])) + sum by (cache) (rate(ims_cache_misses_total[${window}])) > 0) < 0.5`,
  `topk(5, sum by (vendor, error_type) (rate(ims_api_errors_total{error_type!~"timeout|cancelled"}[${window}])))`,
  `max by (queue) (max_over_time(ims_queue_depth[${window}])) > 100 and max by (queue) (deriv(ims_queue_depth[${window}])) > 0`,
];

const single = [
  'histogram_quantile(0.95, sum by (le, queue) (rate(ims_queue_processing_seconds_bucket{queue=~"$queue"}[$__rate_interval])))',
  'sum(rate(ims_request_duration_seconds_sum[5m])) / sum(rate(ims_request_duration_seconds_count[5m])) > 0.75',
  'predict_linear(ims_cache_size_bytes{cache="semantic"}[6h], 24 * 3600) > 8 * 1024 ^ 3 and ims_cache_size_bytes > 1024 ^ 3',
  'min by (component) (ims_health_status{component=~"database|cache|queue"}) == 0 unless on () hour() < 4',
  'avg_over_time((sum(rate(ims_model_fallbacks_total[5m])) / (sum(rate(ims_model_selections_total[5m])) > 0))[6h:5m])',
  'label_replace(sum by (vendor) (rate(ims_rate_limited_total[5m])), "supplier", "$1", "vendor", "([a-z]+)-.*") > 1',
  '(max by (model) (ims_model_success_ratio) - min by (model) (ims_model_success_ratio)) * 100 > 25',
  'count by (vendor) (rate(ims_model_selections_total[10m]) > 0) < 2 or absent(ims_model_selections_total{vendor="primary"})',
  'quantile_over_time(0.9, ims_queue_depth{queue="intake"}[1h]) > 2 * avg_over_time(ims_queue_depth{queue="intake"}[1d] offset 1w)',
  'sum without (instance, pod) (rate(ims_errors_total{component="vendor_api", error_type=~"Timeout.*|Reset.*"}[10m])) > 0.1',
  'clamp_max(sum(rate(ims_sandbox_exec_seconds_count{result="timeout"}[15m])) / clamp_min(sum(rate(ims_sandbox_exec_seconds_count[15m])), 0.001), 1) > 0.2',
  'sum(increase(ims_agent_spawns_total[1h])) - sum(increase(ims_agent_completions_total[1h])) > 0.1 * sum(increase(ims_agent_spawns_total[1h]))',
  'sum by (agent_type) (rate(ims_agent_completions_total{result!="ok"}[15m])) > on (agent_type) 0.2 * sum by (agent_type) (rate(ims_agent_spawns_total[15m]))',
  'ims_queue_depth / on (queue) group_left () (max by (queue) (max_over_time(ims_queue_depth[7d])) > 0) > 0.9',
];

/** Every one of them once. */
export const expressions = [
  ...['api', 'router', 'gateway', 'policy', 'cache', 'worker'].flatMap(perService),
  ...['5m', '10m', '30m', '1h', '6h'].flatMap(perWindow),
  ...single,
];
