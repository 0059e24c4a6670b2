type Reasons = Readonly<Record<string, readonly string[]>>;

/** The reason for each name. */
const byName = (reasons: Reasons): ReadonlyMap<string, string> =>
  new Map(Object.entries(reasons).flatMap(([reason, names]) => names.map((name) => [name, reason])));

/**
 * Metrics of presets that the example, as the test drives it, records nothing of. A query that reads one of them need not have an answer;
 * one that Prometheus has a series of does not belong here any more.
 */
export const notRecorded = byName({
  'the example sends its requests through the OpenAI client, which has spans of its own': [
    'http_client_requests_total',
    'http_client_request_duration_seconds',
  ],
  'its calculator runs in a bare child process, not in containers that are started and watched': [
    'agent_sandbox_start_duration_seconds',
    'agent_sandbox_active',
    'agent_sandbox_up',
    'agent_sandbox_limit_hits_total',
  ],
  'it caches nothing itself': [
    'agent_cache_lookup_duration_seconds',
    'agent_cache_entries',
    'agent_cache_size_bytes',
    'agent_cache_evictions_total',
  ],
  'its queue does not try a task twice': ['agent_queue_retries_total'],
  'its runs are short: no context is compacted, none is measured against its limit': [
    'agent_compactions_total',
    'agent_context_utilization_ratio',
  ],
  'it has no workflows and speaks no MCP': [
    'gen_ai_workflow_duration_seconds',
    'mcp_client_operation_duration_seconds',
    'mcp_server_operation_duration_seconds',
  ],
  'the scripted model names no limits in its responses': ['agent_ratelimit_remaining_ratio'],
  'nobody has set a budget of money, or compared costs with an invoice': [
    'agent_cost_budget_usd',
    'agent_cost_reconciliation_ratio',
  ],
  'what is usual is known after a day': ['anomaly:usual', 'anomaly:deviation'],
  'the tasks have no secrets in them, and nobody on a list of bad addresses calls': [
    'security_redactions_total',
    'security_reputation_matches_total',
  ],
  'no tool needs an approval': [
    'agent_approvals_total',
    'agent_approvals_pending',
    'agent_approval_wait_seconds',
  ],
});

/** Counters that stand still while the test looks: a share of what happened has no answer where nothing did. */
export const atRest = byName({
  'the sandbox of the calculator is there from the start': ['agent_sandbox_starts_total'],
});

/** Metrics that a scrape may meet or miss: their queries may have an answer or none. */
export const nowAndThen = byName({
  'a request of libuv is under way at some scrapes and not at others': ['nodejs_active_requests'],
});

/** Other queries without an answer, as `panel / legend`. */
export const withoutAnswer = byName({
  'what is compared with an hour ago has to be older than that': [
    'HTTP server slow / limit {{route}}',
    'Cache hits collapse / limit {{cache}}',
  ],
});

/** Queries that have an answer on a slow machine and none on a quick one, as `panel / legend`. */
export const bySpeed = byName({
  'where no task waits or takes too long and no request fails, budgets last for ever': [
    'Time left / time left',
  ],
});
