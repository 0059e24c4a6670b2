/** Series by their names with labels, values as promtool writes them, a step apart. */
export type Series = Readonly<Record<string, string>>;

/** What makes an alert fire, and what is close to it and must not. */
export interface Situation {
  readonly firing: Series;
  readonly quiet: Series;
  /** Step of the series and of the evaluation; a minute where it is left out. */
  readonly step?: '1m' | '10m';
  /** When it is looked at: half an hour into the series where it is left out. */
  readonly at?: string;
}

/** A counter that grows by `per` a step from the start. */
const grows = (per: number, steps = 40): string => `0+${per}x${steps}`;

/** `before` a step for so many steps, then `after`: what follows goes on from where the first part ends. */
function turns(before: number, steps: number, after: number, more: number): string {
  return `0+${before}x${steps} ${before * steps + after}+${after}x${more}`;
}

const bucket = (route: string, le: string): string =>
  `http_server_request_duration_seconds_bucket{route="${route}",le="${le}"}`;
const count = (route: string): string => `http_server_request_duration_seconds_count{route="${route}"}`;

/** A day of quick requests in steps of ten minutes, and an hour of those that take longer or not. */
function latency(isSlow: boolean): Series {
  const [day, hour] = [150, 6];
  return {
    [bucket('/a', '0.1')]: isSlow ? turns(100, day, 0, hour) : grows(100, day + hour),
    [bucket('/a', '0.25')]: grows(100, day + hour),
    [bucket('/a', '1')]: grows(100, day + hour),
    [bucket('/a', '+Inf')]: grows(100, day + hour),
    [count('/a')]: grows(100, day + hour),
    ...(isSlow
      ? {
          [bucket('/a', '0.25')]: turns(100, day, 0, hour),
          [bucket('/a', '1')]: grows(100, day + hour),
        }
      : {}),
  };
}

/** For each alert of a preset. */
export const situations: Readonly<Record<string, Situation>> = {
  AgentRunsFail: {
    firing: {
      'agent_runs_total{agent="a",outcome="completed"}': grows(1),
      'agent_runs_total{agent="a",outcome="error"}': grows(2),
    },
    quiet: {
      'agent_runs_total{agent="a",outcome="completed"}': grows(2),
      'agent_runs_total{agent="a",outcome="error"}': grows(1),
      // Not the agent's fault, however many there are.
      'agent_runs_total{agent="b",outcome="cancelled"}': grows(9),
      'agent_runs_total{agent="b",outcome="policy_denied"}': grows(9),
      'agent_runs_total{agent="b",outcome="completed"}': grows(1),
      // All fail, and they are too few to tell.
      'agent_runs_total{agent="c",outcome="error"}': '0x10 1x5 2x25',
    },
  },
  AgentRunsLoop: {
    firing: {
      'agent_runs_total{agent="a",outcome="completed"}': grows(8),
      'agent_runs_total{agent="a",outcome="loop_detected"}': grows(1),
      'agent_runs_total{agent="a",outcome="max_steps"}': grows(1),
    },
    quiet: {
      'agent_runs_total{agent="a",outcome="completed"}': grows(19),
      'agent_runs_total{agent="a",outcome="loop_detected"}': grows(1),
    },
  },
  ModelCallsFail: {
    firing: {
      'agent_model_calls_total{model="m",outcome="ok"}': grows(7),
      'agent_model_calls_total{model="m",outcome="rate_limit"}': grows(1),
      'agent_model_calls_total{model="m",outcome="server_error"}': grows(2),
    },
    quiet: {
      'agent_model_calls_total{model="m",outcome="ok"}': grows(9),
      'agent_model_calls_total{model="m",outcome="timeout"}': grows(1),
      'agent_model_calls_total{model="m",outcome="content_filter"}': grows(9),
    },
  },
  ModelRateLimitNear: {
    firing: {
      'agent_ratelimit_remaining_ratio{provider="p",limit="tokens"}': '0.05x40',
      'agent_model_calls_total{model="m",outcome="ok"}': grows(3),
    },
    // What was left after the last call says nothing once there are none.
    quiet: {
      'agent_ratelimit_remaining_ratio{provider="p",limit="tokens"}': '0.05x40',
      'agent_model_calls_total{model="m",outcome="ok"}': '90x40',
    },
  },
  ToolCallsFail: {
    firing: {
      'agent_tool_calls_total{tool="search",outcome="ok"}': grows(1),
      'agent_tool_calls_total{tool="search",outcome="timeout"}': grows(2),
    },
    quiet: {
      'agent_tool_calls_total{tool="search",outcome="ok"}': grows(2),
      'agent_tool_calls_total{tool="search",outcome="tool_error"}': grows(1),
      'agent_tool_calls_total{tool="search",outcome="denied"}': grows(9),
    },
  },
  ContextWindowFull: {
    firing: {
      'agent_context_utilization_ratio_bucket{agent="a",le="0.9"}': grows(2),
      'agent_context_utilization_ratio_count{agent="a"}': grows(5),
    },
    quiet: {
      'agent_context_utilization_ratio_bucket{agent="a",le="0.9"}': grows(4),
      'agent_context_utilization_ratio_count{agent="a"}': grows(5),
    },
  },
  QueueWithoutWorkers: {
    firing: {
      'agent_queue_depth{queue="q"}': '3x40',
      'agent_queue_workers{queue="q",state="idle"}': '0x40',
      'agent_queue_workers{queue="q",state="busy"}': '0x40',
    },
    quiet: {
      'agent_queue_depth{queue="q"}': '3x40',
      'agent_queue_workers{queue="q",state="idle"}': '0x40',
      'agent_queue_workers{queue="q",state="busy"}': '2x40',
      // Nobody says how many workers there are.
      'agent_queue_depth{queue="r"}': '3x40',
      'agent_queue_workers{queue="r",state="busy"}': '0x40',
    },
  },
  QueueStandsStill: {
    at: '35m',
    firing: {
      'agent_queue_depth{queue="q"}': '3x40',
      'agent_queue_workers{queue="q",state="idle"}': '2x40',
      'agent_queue_wait_seconds_count{queue="q"}': '7x40',
    },
    quiet: {
      'agent_queue_depth{queue="q"}': '3x40',
      'agent_queue_workers{queue="q",state="idle"}': '1x40',
      'agent_queue_wait_seconds_count{queue="q"}': grows(1),
      // All at work on long tasks.
      'agent_queue_depth{queue="r"}': '3x40',
      'agent_queue_workers{queue="r",state="idle"}': '0x40',
      'agent_queue_workers{queue="r",state="busy"}': '2x40',
      'agent_queue_wait_seconds_count{queue="r"}': '7x40',
    },
  },
  QueueRefuses: {
    firing: { 'agent_queue_refused_total{queue="q",reason="full"}': grows(1) },
    quiet: {
      'agent_queue_refused_total{queue="q",reason="full"}': '0x5 1x35',
      'agent_queue_refused_total{queue="q",reason="invalid"}': grows(9),
    },
  },
  CacheFails: {
    firing: {
      'agent_cache_requests_total{cache="prompt",result="hit"}': grows(8),
      'agent_cache_requests_total{cache="prompt",result="error"}': grows(2),
    },
    quiet: {
      'agent_cache_requests_total{cache="prompt",result="hit"}': grows(19),
      'agent_cache_requests_total{cache="prompt",result="error"}': grows(1),
    },
  },
  CacheHitsCollapse: {
    step: '10m',
    at: '26h30m',
    firing: {
      'agent_cache_requests_total{cache="tool",result="hit"}': turns(80, 150, 10, 12),
      'agent_cache_requests_total{cache="tool",result="miss"}': turns(20, 150, 90, 12),
    },
    quiet: {
      'agent_cache_requests_total{cache="tool",result="hit"}': turns(80, 150, 60, 12),
      'agent_cache_requests_total{cache="tool",result="miss"}': turns(20, 150, 40, 12),
      // Hardly anybody asks.
      'agent_cache_requests_total{cache="prompt",result="hit"}': turns(80, 150, 0, 12),
      'agent_cache_requests_total{cache="prompt",result="miss"}': turns(20, 150, 1, 12),
    },
  },
  CostBudgetSpent: {
    step: '10m',
    at: '10h',
    firing: {
      'agent_cost_usd_total{agent="a",model="m"}': grows(1, 60),
      'agent_cost_budget_usd{agent="a"}': '50x60',
    },
    quiet: {
      'agent_cost_usd_total{agent="a",model="m"}': grows(0.5, 60),
      'agent_cost_budget_usd{agent="a"}': '50x60',
      // No budget, and one that was not set yet.
      'agent_cost_usd_total{agent="b",model="m"}': grows(9, 60),
      'agent_cost_usd_total{agent="c",model="m"}': grows(9, 60),
      'agent_cost_budget_usd{agent="c"}': '0x60',
    },
  },
  CostSpike: {
    step: '10m',
    at: '74h',
    firing: { 'agent_cost_usd_total{agent="a",model="m"}': turns(1, 438, 40, 10) },
    quiet: {
      'agent_cost_usd_total{agent="a",model="m"}': turns(1, 438, 8, 10),
      // New these days, and dear from the start.
      'agent_cost_usd_total{agent="b",model="m"}': `_x424 ${turns(1, 14, 40, 10)}`,
    },
  },
  ModelWithoutPrice: {
    firing: { 'agent_unpriced_tokens_total{model="new"}': '0 0 500x28' },
    quiet: { 'agent_unpriced_tokens_total{model="new"}': '0x30' },
  },
  PolicyEngineFails: {
    firing: {
      'agent_policy_decisions_total{policy="p",stage="input",decision="allow"}': '0+60x30',
      'agent_policy_decisions_total{policy="p",stage="input",decision="error"}': '0+6x30',
    },
    quiet: {
      'agent_policy_decisions_total{policy="p",stage="input",decision="allow"}': '0+60x30',
      'agent_policy_decisions_total{policy="p",stage="input",decision="deny"}': '0+60x30',
      'agent_policy_decisions_total{policy="p",stage="input",decision="error"}': '0x30',
    },
  },
  ApprovalsExpire: {
    firing: {
      'agent_approvals_total{tool="t",decision="expired"}': grows(1),
      'agent_approvals_total{tool="t",decision="approved"}': '2x40',
    },
    quiet: {
      'agent_approvals_total{tool="t",decision="expired"}': grows(1),
      'agent_approvals_total{tool="t",decision="approved"}': grows(2),
    },
  },
  ApprovalsWait: {
    at: '2h30m',
    firing: {
      agent_approvals_pending: '2x160',
      'agent_approvals_total{tool="t",decision="approved"}': '7x160',
    },
    quiet: {
      agent_approvals_pending: '2x160',
      'agent_approvals_total{tool="t",decision="approved"}': '7x120 8x40',
    },
  },
  SandboxDown: {
    firing: { 'agent_sandbox_up{runtime="docker"}': '1x5 0x35' },
    quiet: { 'agent_sandbox_up{runtime="docker"}': '1x26 0x2 1x20' },
  },
  SandboxStartsFail: {
    firing: {
      'agent_sandbox_starts_total{runtime="docker",outcome="ok"}': grows(2),
      'agent_sandbox_starts_total{runtime="docker",outcome="failed"}': grows(1),
    },
    quiet: {
      'agent_sandbox_starts_total{runtime="docker",outcome="ok"}': grows(9),
      'agent_sandbox_starts_total{runtime="docker",outcome="timeout"}': grows(1),
    },
  },
  SandboxOutOfMemory: {
    firing: {
      'agent_sandbox_exec_duration_seconds_count{runtime="docker",outcome="ok"}': grows(4),
      'agent_sandbox_exec_duration_seconds_count{runtime="docker",outcome="oom"}': grows(1),
    },
    quiet: {
      'agent_sandbox_exec_duration_seconds_count{runtime="docker",outcome="ok"}': grows(19),
      'agent_sandbox_exec_duration_seconds_count{runtime="docker",outcome="oom"}': grows(1),
      'agent_sandbox_exec_duration_seconds_count{runtime="docker",outcome="nonzero_exit"}': grows(19),
    },
  },
  HttpServerErrors: {
    firing: {
      'http_server_requests_total{route="/a",status_class="2xx"}': grows(8),
      'http_server_requests_total{route="/a",status_class="5xx"}': grows(2),
    },
    quiet: {
      'http_server_requests_total{route="/a",status_class="2xx"}': grows(19),
      'http_server_requests_total{route="/a",status_class="5xx"}': grows(1),
      'http_server_requests_total{route="/a",status_class="4xx"}': grows(19),
    },
  },
  HttpClientErrors: {
    firing: {
      'http_client_requests_total{server_address="s",result="2xx"}': grows(3),
      'http_client_requests_total{server_address="s",result="timeout"}': grows(1),
    },
    quiet: {
      'http_client_requests_total{server_address="s",result="2xx"}': grows(9),
      'http_client_requests_total{server_address="s",result="network_error"}': grows(1),
      'http_client_requests_total{server_address="s",result="4xx"}': grows(9),
    },
  },
  HttpServerSlow: { step: '10m', at: '26h', firing: latency(true), quiet: latency(false) },
  EventLoopBlocked: {
    firing: { 'nodejs_eventloop_lag_p99_seconds{instance="a"}': '1.5x40' },
    quiet: { 'nodejs_eventloop_lag_p99_seconds{instance="a"}': '0.5x25 1.5x15' },
  },
  ProcessRestarts: {
    firing: { 'process_start_time_seconds{instance="a"}': '100x4 400x4 700x4 900x4 1200x20' },
    quiet: { 'process_start_time_seconds{instance="a"}': '100x10 700x30' },
  },
  TelemetryStopped: {
    at: '1h',
    firing: { 'process_start_time_seconds{instance="a"}': '100x30' },
    quiet: {
      'process_start_time_seconds{instance="a"}': '100x30',
      'process_start_time_seconds{instance="b"}': '_x25 200x60',
    },
  },
  FileDescriptorsRunOut: {
    firing: { 'process_open_fds{instance="a"}': '950x30', 'process_max_fds{instance="a"}': '1000x30' },
    quiet: { 'process_open_fds{instance="a"}': '850x30', 'process_max_fds{instance="a"}': '1000x30' },
  },
  GpuNeedsRecovery: {
    firing: { 'gpu_recovery_action{instance="a",gpu="0"}': '0x5 2x25' },
    quiet: { 'gpu_recovery_action{instance="a",gpu="0"}': '0x30' },
  },
  GpuMemoryErrors: {
    firing: { 'gpu_ecc_errors_total{instance="a",gpu="0",error_type="uncorrected"}': '0x5 1x25' },
    quiet: {
      'gpu_ecc_errors_total{instance="a",gpu="0",error_type="uncorrected"}': '0x30',
      'gpu_ecc_errors_total{instance="a",gpu="0",error_type="corrected"}': '0+5x30',
    },
  },
  GpuRowRemapFailed: {
    firing: { 'gpu_remapped_rows{instance="a",gpu="0",state="failed"}': '0x5 1x35' },
    quiet: {
      'gpu_remapped_rows{instance="a",gpu="0",state="failed"}': '0x40',
      'gpu_remapped_rows{instance="a",gpu="0",state="correctable"}': '1x40',
    },
  },
  GpuRowRemapPending: {
    firing: { 'gpu_remapped_rows{instance="a",gpu="0",state="pending"}': '0x5 1x35' },
    quiet: {
      'gpu_remapped_rows{instance="a",gpu="0",state="pending"}': '1x20 0x20',
      'gpu_remapped_rows{instance="a",gpu="0",state="uncorrectable"}': '1x40',
    },
  },
  GpuMissing: {
    firing: {
      'gpu_collector_expected_devices{instance="a",vendor="nvidia"}': '8x40',
      'gpu_collector_devices{instance="a",vendor="nvidia"}': '8x10 7x30',
    },
    quiet: {
      'gpu_collector_expected_devices{instance="a",vendor="nvidia"}': '8x40',
      // A reading that a device was left out of, once.
      'gpu_collector_devices{instance="a",vendor="nvidia"}': '8x22 7x3 8x15',
      // Another host with fewer devices.
      'gpu_collector_expected_devices{instance="b",vendor="nvidia"}': '4x40',
      'gpu_collector_devices{instance="b",vendor="nvidia"}': '4x40',
    },
  },
  GpuDriverError: {
    // Its first value is 1: there is no increase to see.
    firing: { 'gpu_xid_errors_total{instance="a",gpu="0",xid="79"}': '_x25 1x15' },
    quiet: {
      'gpu_xid_errors_total{instance="a",gpu="0",xid="13"}': grows(1),
      // Long ago: what is counted stays counted.
      'gpu_xid_errors_total{instance="a",gpu="0",xid="79"}': '1x40',
    },
  },
  GpuHardwareThrottle: {
    firing: { 'gpu_throttled{instance="a",gpu="0",reason="power_brake"}': '0x5 1x35' },
    quiet: {
      'gpu_throttled{instance="a",gpu="0",reason="hw_thermal"}': '0x27 1x3 0x10',
      // What every device under load does.
      'gpu_throttled{instance="a",gpu="0",reason="power_cap"}': '1x40',
    },
  },
  GpuThermalThrottle: {
    at: '40m',
    firing: { 'gpu_throttled{instance="a",gpu="0",reason="thermal"}': '0x5 1x45' },
    quiet: {
      'gpu_throttled{instance="a",gpu="0",reason="thermal"}': '1x20 0x2 1x30',
      'gpu_throttled{instance="a",gpu="0",reason="power_cap"}': '1x50',
    },
  },
  GpuTemperatureMarginLow: {
    firing: { 'gpu_temperature_margin_celsius{instance="a",gpu="0"}': '30x5 -1x35' },
    quiet: { 'gpu_temperature_margin_celsius{instance="a",gpu="0"}': '5x40' },
  },
  GpuHot: {
    firing: { 'gpu_temperature_celsius{instance="a",gpu="0",sensor="core"}': '70x5 91x35' },
    quiet: {
      'gpu_temperature_celsius{instance="a",gpu="0",sensor="core"}': '90x40',
      'gpu_temperature_celsius{instance="a",gpu="0",sensor="memory"}': '95x40',
      // It says itself how much is left.
      'gpu_temperature_celsius{instance="a",gpu="1",sensor="core"}': '92x40',
      'gpu_temperature_margin_celsius{instance="a",gpu="1"}': '12x40',
    },
  },
  GpuMemoryNearlyFull: {
    firing: {
      'gpu_memory_used_bytes{instance="a",gpu="0"}': '96x40',
      'gpu_memory_total_bytes{instance="a",gpu="0"}': '100x40',
    },
    quiet: {
      'gpu_memory_used_bytes{instance="a",gpu="0"}': '95x40',
      'gpu_memory_total_bytes{instance="a",gpu="0"}': '100x40',
      // Another one has as much in use, and more.
      'gpu_memory_used_bytes{instance="a",gpu="1"}': '96x40',
      'gpu_memory_total_bytes{instance="a",gpu="1"}': '200x40',
    },
  },
  GpuInstanceMemoryNearlyFull: {
    firing: {
      'gpu_mig_memory_used_bytes{instance="a",gpu="0",mig="7"}': '97x40',
      'gpu_mig_memory_total_bytes{instance="a",gpu="0",mig="7"}': '100x40',
    },
    quiet: {
      'gpu_mig_memory_used_bytes{instance="a",gpu="0",mig="7"}': '97x10 50x30',
      'gpu_mig_memory_total_bytes{instance="a",gpu="0",mig="7"}': '100x40',
      'gpu_mig_memory_used_bytes{instance="a",gpu="0",mig="8"}': '97x40',
      'gpu_mig_memory_total_bytes{instance="a",gpu="0",mig="8"}': '200x40',
    },
  },
  GpuCollectorDown: {
    firing: { 'gpu_collector_up{instance="a",vendor="nvidia"}': '1x5 0x35' },
    quiet: { 'gpu_collector_up{instance="a",vendor="nvidia"}': '0x40' },
  },
  GpuCollectorStuck: {
    firing: { 'gpu_collector_stuck{instance="a",vendor="nvidia"}': '0x5 1x35' },
    quiet: { 'gpu_collector_stuck{instance="a",vendor="nvidia"}': '1x20 0x20' },
  },
  GpuCollectorStale: {
    firing: {
      'gpu_collector_success_timestamp_seconds{instance="a",vendor="nvidia"}': '0+60x5 300x35',
      'gpu_collector_up{instance="a",vendor="nvidia"}': '1x40',
    },
    quiet: {
      'gpu_collector_success_timestamp_seconds{instance="a",vendor="nvidia"}': '0+60x40',
      'gpu_collector_up{instance="a",vendor="nvidia"}': '1x40',
      // It says so itself.
      'gpu_collector_success_timestamp_seconds{instance="b",vendor="nvidia"}': '0x40',
      'gpu_collector_up{instance="b",vendor="nvidia"}': '0x40',
    },
  },
  GpuCollectorFails: {
    at: '40m',
    firing: {
      'gpu_collector_failures_total{instance="a",vendor="nvidia",reason="timeout"}': grows(1, 50),
      'gpu_collector_up{instance="a",vendor="nvidia"}': '1x50',
    },
    quiet: {
      'gpu_collector_failures_total{instance="a",vendor="nvidia",reason="timeout"}': '0x10 3x40',
      'gpu_collector_failures_total{instance="a",vendor="nvidia",reason="device_lost"}': grows(1, 50),
      'gpu_collector_up{instance="a",vendor="nvidia"}': '1x50',
      // Nothing there to be read: it never worked.
      'gpu_collector_failures_total{instance="b",vendor="amd",reason="not_found"}': grows(1, 50),
      'gpu_collector_up{instance="b",vendor="amd"}': '0x50',
    },
  },
  SecurityTableFull: {
    at: '35m',
    firing: { 'security_evicted_keys_total{event="auth.failed"}': grows(1) },
    quiet: { 'security_evicted_keys_total{event="auth.failed"}': '0x5 9x35' },
  },
  TrainingDiverges: {
    firing: {
      'training_steps_total{model="m"}': grows(10),
      'training_nonfinite_steps_total{model="m"}': grows(2),
    },
    quiet: {
      'training_steps_total{model="m"}': grows(100),
      'training_nonfinite_steps_total{model="m"}': grows(1),
    },
  },
  TrainingLossIsNoNumber: {
    firing: {
      // Steps of five minutes: too few for TrainingDiverges.
      'training_steps_total{model="m"}': '0x4 1x4 2x4 3x4 4x4 5x4 6x4 7x4 8x4 9x4',
      'training_nonfinite_steps_total{model="m"}': '0x4 1x4 2x4 3x4 4x4 5x4 6x4 7x4 8x4 9x4',
    },
    quiet: {
      'training_steps_total{model="m"}': grows(1),
      'training_nonfinite_steps_total{model="m"}': '0x20 1x20',
      // One step in an hour, and that one has no loss.
      'training_steps_total{model="n"}': '0x20 1x20',
      'training_nonfinite_steps_total{model="n"}': '0x20 1x20',
    },
  },
  TrainingLossDoesNotFall: {
    step: '10m',
    at: '8h',
    firing: {
      'training_loss{model="m",split="train"}': '2x50',
      'training_active_runs{model="m"}': '1x50',
    },
    quiet: {
      'training_loss{model="m",split="train"}': '3-0.01x50',
      'training_loss{model="m",split="validation"}': '3x50',
      'training_active_runs{model="m"}': '1x50',
      // A run that began three hours ago, and its predecessor had come further.
      'training_loss{model="n",split="train"}': '1x28 4x22',
      'training_active_runs{model="n"}': '1x28 0x1 1x21',
    },
  },
  TrainingStepsSlowDown: {
    step: '10m',
    at: '7h30m',
    firing: {
      'training_step_duration_seconds_sum{model="m"}': turns(100, 36, 200, 14),
      'training_step_duration_seconds_count{model="m"}': grows(100, 50),
    },
    quiet: {
      'training_step_duration_seconds_sum{model="m"}': turns(100, 36, 140, 14),
      'training_step_duration_seconds_count{model="m"}': grows(100, 50),
      // Too few steps to tell.
      'training_step_duration_seconds_sum{model="n"}': turns(100, 36, 200, 14),
      'training_step_duration_seconds_count{model="n"}': turns(100, 36, 1, 14),
    },
  },
  TrainingLeavesGpusIdle: {
    at: '1h10m',
    firing: {
      // The process that trains reports its GPUs itself.
      'gpu_utilization_ratio{instance="a:9090",gpu="0",engine="general"}': '0.2x80',
      'training_active_runs{instance="a:9090",model="m"}': '1x80',
    },
    quiet: {
      'gpu_utilization_ratio{instance="a:9090",gpu="0",engine="general"}': '0.9x80',
      'gpu_utilization_ratio{instance="a:9090",gpu="0",engine="encoder"}': '0x80',
      'training_active_runs{instance="a:9090",model="m"}': '1x80',
      // Nothing to do.
      'gpu_utilization_ratio{instance="b",gpu="0",engine="general"}': '0x80',
      'training_active_runs{instance="b",model="m"}': '0x80',
      // The job of another host, which has the same label in another place.
      'gpu_utilization_ratio{instance="10.0.0.1:9835",node="c",gpu="0",engine="general"}': '0x80',
      'training_active_runs{instance="10.0.0.1:8080",node="d",model="m"}': '1x80',
    },
  },
  TrainingStandsStill: {
    at: '1h10m',
    firing: { 'training_active_runs{model="m"}': '1x80', 'training_steps_total{model="m"}': '7x80' },
    quiet: {
      'training_active_runs{model="m"}': '1x80',
      'training_steps_total{model="m"}': '7x60 8x20',
      'training_active_runs{model="n"}': '0x80',
      'training_steps_total{model="n"}': '7x80',
    },
  },
  LabelOverflow: {
    firing: { 'obsgen_label_overflow_total{metric="m",label="tool"}': grows(1) },
    // Once, at the very start.
    quiet: { 'obsgen_label_overflow_total{metric="m",label="tool"}': '_x5 3x35' },
  },
  UpdatesDropped: {
    firing: { 'obsgen_dropped_total{metric="m",reason="missing_label"}': grows(1) },
    quiet: { 'obsgen_dropped_total{metric="m",reason="missing_label"}': '_x5 3x35' },
  },
  SignalsLost: {
    firing: { 'obsgen_signals_lost_total{signal="spans",reason="queue_full"}': grows(1) },
    quiet: { 'obsgen_signals_lost_total{signal="errors",reason="rate_limited"}': grows(1) },
  },
};
