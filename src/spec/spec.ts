// Generated from schemas/observability.v1.schema.json by `npm run generate:spec`. Do not edit.

/**
 * A label name of Prometheus.
 */
export type WireName = string;
/**
 * Smallest and largest value that can be.
 */
export type Range = number[];
/**
 * A label by its key in `labels`; a preset's label by `preset.label`.
 */
export type LabelKey = string;
/**
 * Upper bounds of a histogram, without +Inf: a list, a progression, or a preset.
 */
export type Buckets =
  | number[]
  | {
      /**
       * Each bound is `factor` times the one before.
       */
      exponential: {
        /**
         * First bound.
         */
        start: number;
        /**
         * Ratio of neighbours.
         */
        factor: number;
        /**
         * Number of bounds.
         */
        count: number;
      };
    }
  | {
      /**
       * Bounds at equal distance.
       */
      linear: {
        /**
         * First bound.
         */
        start: number;
        /**
         * Distance of neighbours.
         */
        width: number;
        /**
         * Number of bounds.
         */
        count: number;
      };
    }
  | {
      /**
       * seconds: 5 ms to 10 s; genai-duration: 10 ms to 81.92 s, doubling; agent-duration: 100 ms to 409.6 s, doubling; workflow-duration: 1 s to 2 h; tokens: 1 to 67 million, by fours; bytes: 256 to 1 GiB, by fours; ratio: 0.05 to 1; count: 1 to 89, Fibonacci.
       */
      preset:
        | 'seconds'
        | 'genai-duration'
        | 'agent-duration'
        | 'workflow-duration'
        | 'tokens'
        | 'bytes'
        | 'ratio'
        | 'count';
    };
/**
 * A name of words separated by dots, dashes or underscores.
 */
export type DottedName = string;
/**
 * The name of an HTTP header, lower case.
 */
export type Header = string;
/**
 * A host name; `*.` before it admits its subdomains.
 */
export type Host = string;
/**
 * A file, relative to where the service runs.
 */
export type File = string;
/**
 * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
 */
export type Duration = string;
/**
 * What is drawn of the metric.
 */
export type Show =
  'rate' | 'increase' | 'value' | 'sum' | 'avg' | 'min' | 'max' | 'p50' | 'p90' | 'p95' | 'p99';
/**
 * Files: src/** /*.ts.
 */
export type FileGlob = string;
/**
 * Where the value comes from: args.0.model, args.length, this.name, result.usage.inputTokens (of what a promise settles to). What the code says literally: `name` of the function, `class` around it, `tool` that it executes. =chat is the value `chat` itself.
 */
export type AttributePath = string;

/**
 * How an agent service is observed: metrics, spans, logs, objectives, alerts, dashboards, codemod rules and stack.
 */
export interface Spec {
  /**
   * Version of this language.
   */
  version: 1;
  service: Service;
  /**
   * Built-in fragments of spec, merged below what stands here; `obs-gen presets show NAME` prints one.
   */
  presets?: (
    | 'agent'
    | 'http'
    | 'node'
    | 'security'
    | 'training'
    | 'queue'
    | 'cache'
    | 'cost'
    | 'policy'
    | 'sandbox'
    | 'gpu'
    | 'telemetry'
  )[];
  /**
   * Other spec files, relative to this one; clashes are errors.
   */
  imports?: string[];
  target?: Target;
  budgets?: Budgets;
  /**
   * Metrics of others that queries may use.
   */
  external?: {
    [k: string]: External;
  };
  /**
   * Findings that are accepted, with a reason and an end.
   */
  suppress?: Suppression[];
  /**
   * Breaking changes that are accepted: `obs-gen diff` lists them and does not fail because of them.
   */
  changes?: Allowance[];
  /**
   * Expected load: `plan` and the low-traffic gates use it.
   */
  traffic?: {
    [k: string]: Traffic;
  };
  /**
   * Components of /health/detailed.
   */
  health?: {
    [k: string]: HealthComponent;
  };
  /**
   * Labels, by key.
   */
  labels?: {
    [k: string]: Label;
  };
  /**
   * Metrics, by name.
   */
  metrics?: {
    [k: string]: Metric;
  };
  /**
   * Spans, by name.
   */
  spans?: {
    [k: string]: Span;
  };
  logs?: Logs;
  correlation?: Correlation;
  errors?: Errors;
  security?: Security;
  cost?: Cost;
  gpu?: Gpu;
  /**
   * Service level indicators, by name.
   */
  slis?: {
    [k: string]: Sli;
  };
  /**
   * Service level objectives, by name.
   */
  slos?: {
    [k: string]: Slo;
  };
  /**
   * Alerts, by name.
   */
  alerts?: {
    [k: string]: Alert;
  };
  /**
   * Dashboards, by name.
   */
  dashboards?: {
    [k: string]: Dashboard;
  };
  instrument?: Instrument;
  traces?: Traces;
  stack?: Stack;
}
/**
 * The service that this file describes.
 */
export interface Service {
  /**
   * Name of the service: resource attribute service.name, prefix of rule groups and dashboard ids.
   */
  name: string;
  /**
   * Group of services that this one belongs to: service.namespace.
   */
  namespace?: string;
  /**
   * Default owner of every metric, SLO, alert and dashboard.
   */
  owner?: string;
  /**
   * Where the runbooks are read. An alert's link is this, a slash and the alert's name; or this with the name in the place of {alert}, where the address goes on after it: https://github.com/org/repo/blob/main/generated/docs/runbooks/{alert}.md. The files are generated/docs/runbooks/<Alert>.md.
   */
  runbooks?: string;
  /**
   * Labels that tell this service's series from those of others in the same Prometheus, as its scrape sets them: { job: research-agent }. Every selector of its metrics in a rule gets them.
   */
  selector?: {
    /**
     * Value of the label.
     */
    [k: string]: string;
  };
}
/**
 * What the output has to run on.
 */
export interface Target {
  /**
   * The server that evaluates the rules.
   */
  prometheus?: {
    /**
     * Which implementation reads the rules.
     */
    dialect?: 'prometheus' | 'mimir' | 'thanos' | 'victoriametrics';
    /**
     * Oldest version of Prometheus in use, quoted; what is newer in queries and rules is refused. For Mimir and Thanos, the version of Prometheus whose language they speak (Thanos 0.40: 3.5); VictoriaMetrics has a language of its own, and none.
     */
    version?: string;
    /**
     * How often the service is scraped; range windows must hold at least two scrapes. Default 15s.
     */
    scrapeInterval?: string;
    /**
     * How often rules are evaluated. Default 30s.
     */
    evaluationInterval?: string;
    /**
     * How long samples are kept; no query may look further back.
     */
    retention?: string;
  };
  /**
   * Where the dashboards go.
   */
  grafana?: {
    /**
     * Folder of the dashboards.
     */
    folder?: string;
    /**
     * Which dashboards are made without being written under `dashboards`, by what they are about; each only where the spec has metrics for it. Default: all. [] makes none. A dashboard of yours with the name of one of these takes its place.
     */
    boards?: (
      'service' | 'slos' | 'slo' | 'agents' | 'models' | 'cost' | 'runtime' | 'gpu' | 'security' | 'telemetry'
    )[];
    /**
     * uid of the data source of each signal.
     */
    datasources?: {
      /**
       * Prometheus data source.
       */
      metrics?: string;
      /**
       * Tempo or Jaeger data source.
       */
      traces?: string;
      /**
       * Loki data source.
       */
      logs?: string;
      /**
       * Alertmanager data source.
       */
      alertmanager?: string;
    };
    /**
     * Where Grafana finds the stores, for the data sources that it is given. Grafana fills in ${NAME} from its environment.
     */
    urls?: {
      /**
       * Prometheus, or what speaks its language.
       */
      metrics?: string;
      /**
       * Tempo, or Jaeger where stack.traces.store says so. Default http://tempo:3200, http://jaeger:16686.
       */
      traces?: string;
      /**
       * Loki.
       */
      logs?: string;
      /**
       * Alertmanager.
       */
      alertmanager?: string;
    };
    /**
     * Directory that Grafana reads the dashboards from: where grafana/dashboards of the output is mounted. Default /etc/grafana/dashboards/ and the name of the service.
     */
    dashboardsPath?: string;
    /**
     * Also write the alerts as rules that Grafana evaluates itself. Whoever is told must be told once: Prometheus then has no `alerting` section, or does not load the alerting rules. Recording rules stay in Prometheus.
     */
    alerts?: boolean;
  };
  /**
   * How the helpers are written.
   */
  typescript?: {
    /**
     * `vendored` copies the small runtime into the output; `package` imports obs-gen/runtime, which is ESM: a CommonJS service then needs module nodenext.
     */
    runtime?: 'vendored' | 'package';
    /**
     * How relative imports end: `auto` and `js` write .js, which every module resolution of TypeScript takes; `ts` and `none` are for tools that need them.
     */
    imports?: 'auto' | 'js' | 'ts' | 'none';
  };
  /**
   * Names that others agreed on.
   */
  conventions?: {
    /**
     * Profile of the GenAI semantic conventions: pinned, the newest, or both during a migration.
     */
    genai?: '1.41' | 'next' | 'dual';
  };
}
/**
 * Worst case, computed at build time from caps, values and buckets.
 */
export interface Budgets {
  /**
   * Series that one instance of the service may expose.
   */
  seriesPerInstance?: number;
  /**
   * Series that one metric may have.
   */
  seriesPerMetric?: number;
}
/**
 * A metric that others expose and queries may use.
 */
export interface External {
  /**
   * Its type.
   */
  type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown';
  /**
   * A native histogram: its series have the bare name, and latency SLIs may use it.
   */
  native?: boolean;
  /**
   * Its label names; without this key any label may be used.
   */
  labels?: WireName[];
  range?: Range;
  /**
   * What it says.
   */
  description?: string;
}
/**
 * A finding that is accepted, with a reason and an end.
 */
export interface Suppression {
  /**
   * The code of the finding.
   */
  code: string;
  /**
   * The entry, or a key in it: alerts.QueueGrowing, metrics.x_total.labels.
   */
  at: string;
  /**
   * Why it is accepted.
   */
  reason: string;
  /**
   * From this day on the finding is reported again.
   */
  until?: string;
}
/**
 * A breaking change that is accepted, with a reason and an end.
 */
export interface Allowance {
  /**
   * The entry that changes, or a key in it, as `obs-gen diff` prints it: metrics.x_total, metrics.x_total.labels.
   */
  at: string;
  /**
   * The classes in which it may break something.
   */
  allow: ('CODE' | 'SERIES' | 'QUERY' | 'ALERT')[];
  /**
   * Why it is accepted.
   */
  reason: string;
  /**
   * From this day on the change breaks again.
   */
  until: string;
}
/**
 * Expected load of one kind of event.
 */
export interface Traffic {
  /**
   * Counter or histogram that counts the events.
   */
  metric: string;
  /**
   * Events a second, over all instances.
   */
  perSecond: number;
}
/**
 * A component of /health/detailed.
 */
export interface HealthComponent {
  /**
   * How long its check may take. Default 2s.
   */
  timeout?: string;
  /**
   * Whether the service is unhealthy without it.
   */
  critical?: boolean;
  /**
   * What it is needed for.
   */
  description?: string;
}
/**
 * A label: closed (`values`), registered at start-up (`registered: true` and `cap`) or open (`cap`).
 */
export interface Label {
  /**
   * What the label says.
   */
  description: string;
  /**
   * A label name of Prometheus.
   */
  as?: string;
  /**
   * Closed: the values that there are; they become a literal union in TypeScript.
   */
  values?: string[];
  /**
   * The program registers the names it knows at start-up (tools, models); others become __other__.
   */
  registered?: true;
  /**
   * How many distinct values are kept; the rest share __other__.
   */
  cap?: number;
}
/**
 * A metric of this service.
 */
export interface Metric {
  /**
   * What kind of number it is.
   */
  type: 'counter' | 'gauge' | 'histogram';
  /**
   * One sentence for people who meet the metric for the first time.
   */
  help: string;
  /**
   * Its labels, by their keys.
   */
  labels?: LabelKey[];
  buckets?: Buckets;
  /**
   * Keep a trace id for each bucket and scrape.
   */
  exemplars?: boolean;
  /**
   * How the values of several processes or threads of one instance become one on their common page, for gauges; counters and histograms are always added. `first` is the value of the one that was there first.
   */
  aggregate?: 'sum' | 'min' | 'max' | 'average' | 'first';
  /**
   * Start known rows at 0, so that the first event is visible to rate(); by default wherever an SLO, alert or panel reads the counter.
   */
  init?: boolean;
  range?: Range;
  /**
   * A row that nobody touched for so long is dropped.
   */
  expireAfter?: string;
  /**
   * The metric is going away.
   */
  deprecated?: {
    /**
     * What to use instead.
     */
    replacedBy?: string;
    /**
     * From this day on it may be gone.
     */
    sunset?: string;
    /**
     * Why it goes.
     */
    reason?: string;
  };
  /**
   * The name that the metric had before: until the key is removed both are exposed from one record, and what reads the metric reads both.
   */
  renamedFrom?: {
    /**
     * The old name.
     */
    name: string;
    /**
     * From this day on a warning asks for the key to be removed.
     */
    until: string;
  };
  /**
   * From this day on somebody should decide whether the metric is still wanted: a warning, and a row of `obs-gen expiring`. The output stays the same.
   */
  expires?: string;
  /**
   * Who is asked; default: the owner of the service.
   */
  owner?: string;
}
/**
 * An operation: its helper opens a span, records metrics from it and correlates logs.
 */
export interface Span {
  /**
   * Role in the trace.
   */
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /**
   * What happens in it.
   */
  description?: string;
  /**
   * GenAI convention whose required names are added: gen_ai.chat, gen_ai.execute_tool, gen_ai.invoke_agent, gen_ai.embeddings.
   */
  convention?: string;
  /**
   * Its attributes, by the name that the helper takes.
   */
  attributes?: {
    [k: string]: Attribute;
  };
  /**
   * Metrics that are recorded when the span ends.
   */
  record?: {
    /**
     * Counter that is raised by one.
     */
    count?: string;
    /**
     * Histogram of seconds that the duration goes to.
     */
    duration?: string;
    /**
     * Histogram of seconds that the time until the first chunk of a stream goes to.
     */
    firstChunk?: string;
  };
  /**
   * The label that tells how it ended.
   */
  outcome?: {
    /**
     * A label by its key in `labels`; a preset's label by `preset.label`.
     */
    label: string;
    /**
     * Its value where the function returned.
     */
    ok: string;
    /**
     * Its value where the function threw.
     */
    error: string;
  };
  /**
   * Spans that are expected below this one.
   */
  children?: DottedName[];
}
/**
 * An attribute of a span.
 */
export interface Attribute {
  /**
   * A label by its key in `labels`; a preset's label by `preset.label`.
   */
  label?: string;
  /**
   * Its type, where it is no label.
   */
  type?: 'string' | 'int' | 'double' | 'boolean' | 'json' | 'string[]' | 'int[]' | 'double[]' | 'boolean[]';
  /**
   * Its name on the exported span; default: its key.
   */
  as?: string;
  /**
   * What it says.
   */
  description?: string;
  /**
   * content and pii are exported only where the operator opts in, secret never.
   */
  sensitivity?: 'none' | 'content' | 'pii' | 'secret';
}
/**
 * Logging of the service.
 */
export interface Logs {
  /**
   * Least level that is written; LOG_LEVEL overrides it.
   */
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /**
   * json, pretty, or pretty on a terminal.
   */
  format?: 'json' | 'pretty' | 'auto';
  /**
   * What never appears in a line, beyond what obs-gen knows.
   */
  redact?: {
    /**
     * Names of fields whose values are hidden.
     */
    keys?: string[];
    /**
     * Regular expressions (RE2) whose matches are hidden.
     */
    patterns?: string[];
  };
  /**
   * Whether the helpers bring options for pino, which make its lines like theirs: pino(pinoOptions()).
   */
  pino?: boolean;
  /**
   * Where the lines go; OBSGEN_LOG_OUTPUTS overrides it with a list of stdout, file and otlp, or none.
   */
  outputs?: {
    /**
     * Whether lines go to standard output.
     */
    stdout?: boolean;
    /**
     * Whether lines go through the OTLP exporters that telemetry.start() brings into service.
     */
    otlp?: boolean;
    /**
     * A file that is put aside when it has grown, always between two lines.
     */
    file?: {
      /**
       * The file, relative to where the service runs; OBSGEN_LOG_FILE overrides it. `{pid}` stands for the number of the process: processes that share a file would put it aside under each other.
       */
      path: string;
      /**
       * Size after which it is put aside, at least 64KiB; OBSGEN_LOG_FILE_BYTES overrides it.
       */
      maxSize?: string;
      /**
       * Files that are kept beside the current one; OBSGEN_LOG_FILE_KEEP overrides it.
       */
      keep?: number;
    };
  };
  /**
   * Log events, by name.
   */
  events?: {
    [k: string]: LogEvent;
  };
}
/**
 * A log line with a name and typed fields.
 */
export interface LogEvent {
  /**
   * How serious it is.
   */
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /**
   * A name of words separated by dots, dashes or underscores.
   */
  category?: string;
  /**
   * The sentence, the same each time.
   */
  message: string;
  /**
   * Its fields and their types.
   */
  fields?: {
    /**
     * Type of the field.
     */
    [k: string]: 'string' | 'int' | 'double' | 'boolean' | 'json';
  };
  /**
   * From this day on somebody should decide whether the event is still wanted: a warning, and a row of `obs-gen expiring`. The output stays the same.
   */
  expires?: string;
}
/**
 * The id that ties a request together.
 */
export interface Correlation {
  /**
   * Header that carries the id onwards.
   */
  header?: string;
  /**
   * Headers that the id is taken from, in this order.
   */
  accept?: Header[];
  /**
   * Hosts that get the id and baggage; third parties get neither.
   */
  propagateTo?: Host[];
  /**
   * Names of the baggage that is read, stands on log lines and goes to those hosts; every other is passed over. At most 8 keys and 1 KB together.
   */
  baggage?: string[];
}
/**
 * Where errors are reported.
 */
export interface Errors {
  /**
   * Sentry, through @sentry/node where it is installed.
   */
  sentry?: {
    /**
     * Environment variable that holds the DSN.
     */
    dsnEnv: string;
    /**
     * Share of errors that is sent.
     */
    sampleRate?: number;
    /**
     * Share of traces that is sent.
     */
    tracesSampleRate?: number;
    /**
     * Environment that errors are filed under.
     */
    environment?: string;
  };
}
/**
 * Security telemetry.
 */
export interface Security {
  /**
   * Security events, by name.
   */
  events?: {
    [k: string]: SecurityEvent;
  };
  /**
   * Addresses of ill repute.
   */
  reputation?: {
    /**
     * Files of addresses and CIDR blocks, read by the service at start.
     */
    lists: File[];
  };
  /**
   * Audit trail: each security event as a line of a file that is only ever appended to, in a chain of hashes that `obs-gen doctor --audit` proves.
   */
  audit?: {
    /**
     * A file, relative to where the service runs.
     */
    file: string;
    /**
     * Environment variable with the secret of the chain: without one, whoever can write the file can make the whole chain anew.
     */
    keyEnv?: string;
    /**
     * A file, relative to where the service runs.
     */
    keyFile?: string;
    /**
     * A file of so many bytes is put aside, and the chain goes on in the next one.
     */
    rotateBytes?: number;
    /**
     * When records are forced to the disk: with each one, once a second, or when the system sees fit.
     */
    sync?: 'always' | 'interval' | 'never';
  };
}
/**
 * A security event: a log line, a count and, where asked for, an alert.
 */
export interface SecurityEvent {
  /**
   * How bad it is.
   */
  severity: 'low' | 'medium' | 'high' | 'critical';
  /**
   * What happened.
   */
  description?: string;
  /**
   * Its fields and their types.
   */
  fields?: {
    /**
     * Type of the field.
     */
    [k: string]: 'string' | 'int' | 'double' | 'boolean' | 'ip' | 'json';
  };
  /**
   * When it is too many.
   */
  alert?: {
    /**
     * More than so many events ...
     */
    above: number;
    /**
     * ... in so long a time.
     */
    per: string;
    /**
     * A name of words separated by dots, dashes or underscores.
     */
    by?: string;
  };
}
/**
 * What model calls cost.
 */
export interface Cost {
  /**
   * ISO 4217 code.
   */
  currency?: string;
  /**
   * A file, relative to where the service runs.
   */
  prices?: string;
}
/**
 * GPU collectors.
 */
export interface Gpu {
  /**
   * Collectors, by vendor.
   */
  collectors?: {
    nvidia?: GpuCollector;
    amd?: GpuCollector;
    intel?: GpuCollector;
    jetson?: GpuCollector;
    apple?: GpuCollector;
  };
}
/**
 * A collector of GPU metrics.
 */
export interface GpuCollector {
  /**
   * Where the figures come from.
   */
  source?:
    'auto' | 'dcgm' | 'nvidia-smi' | 'nvml' | 'amd-smi' | 'rocm-smi' | 'xpu-smi' | 'tegrastats' | 'ioreg';
  /**
   * The vendor's program where it is not found by its name: its path.
   */
  command?: string;
  /**
   * The metrics page of an exporter that is there already, such as dcgm-exporter. Default http://localhost:9400/metrics.
   */
  url?: string;
  /**
   * How long one reading may take. Default 5s.
   */
  timeout?: string;
  /**
   * How often they are read. Default 15s.
   */
  interval?: string;
  /**
   * Families of metrics.
   */
  metrics?: (
    | 'utilization'
    | 'memory'
    | 'temperature'
    | 'power'
    | 'energy'
    | 'clocks'
    | 'ecc'
    | 'xid'
    | 'throttle'
    | 'pcie'
    | 'nvlink'
    | 'fan'
    | 'encoder'
    | 'mig'
    | 'processes'
  )[];
}
/**
 * A service level indicator, in exactly one form.
 */
export interface Sli {
  /**
   * What it measures, in words.
   */
  description?: string;
  /**
   * Share of good events.
   */
  events?: {
    /**
     * Selector of all events.
     */
    total: string;
    /**
     * Selector of the good ones.
     */
    good?: string;
    /**
     * Selector of the bad ones.
     */
    bad?: string;
  };
  /**
   * Share of events within a time.
   */
  latency?: {
    /**
     * A histogram of seconds: one of this service, or a native one under `external`.
     */
    histogram: string;
    /**
     * The time; one of the bucket bounds. Fractions of a second may be written: 51.2s.
     */
    threshold: string;
    /**
     * Matchers that narrow the histogram: {outcome="ok"}.
     */
    matchers?: string;
  };
  /**
   * Share of time in which a condition holds.
   */
  timeSlice?: {
    /**
     * What is compared.
     */
    query: string;
    /**
     * How.
     */
    op: '<=' | '<' | '>=' | '>' | '==' | '!=';
    /**
     * With what.
     */
    value: number;
  };
  /**
   * Share of time in which a 0/1 gauge is 1.
   */
  boolean?: string;
  /**
   * Share of time in which a time stamp is recent.
   */
  freshness?: {
    /**
     * A gauge of seconds since 1970.
     */
    timestamp: string;
    /**
     * Oldest age that is good.
     */
    maxAge: string;
  };
  /**
   * A quantile, recorded for display; no SLO may use it.
   */
  quantile?: {
    /**
     * A histogram.
     */
    histogram: string;
    /**
     * 0.95 is the 95th percentile.
     */
    q: number;
    /**
     * One quantile for each value of these labels.
     */
    by?: LabelKey[];
  };
  /**
   * PromQL for the share of bad events; $window stands for the window.
   */
  query?: string;
  /**
   * `ratio` says that the query is a share between 0 and 1; without it no SLO may use the query.
   */
  unit?: 'ratio';
}
/**
 * A service level objective.
 */
export interface Slo {
  /**
   * A name of words separated by dots, dashes or underscores.
   */
  sli: string;
  /**
   * Why this objective.
   */
  description?: string;
  /**
   * Percent that must be good: 99.5.
   */
  objective: number;
  /**
   * Rolling period: 30d.
   */
  period: string;
  /**
   * One objective for each value of these labels.
   */
  by?: LabelKey[];
  /**
   * Burn-rate windows: a catalogue by name, or a list.
   */
  windows?: ('workbook' | 'sloth' | 'pyrra') | BurnArm[];
  /**
   * Which alerts are made.
   */
  alerting?: {
    /**
     * Wake somebody when the budget burns fast.
     */
    page?: boolean;
    /**
     * File a ticket when it burns slowly.
     */
    ticket?: boolean;
    /**
     * Bad events that must have happened before an arm fires; default: from the budget.
     */
    minEvents?: number;
    /**
     * Alert when the SLI has had no data for so long; false: never. Default: 10m, or two scrapes where those are longer, if the objective alerts at all.
     */
    noData?: Duration | boolean;
  };
  /**
   * What is done as the error budget runs out: Markdown, or a text for each share that is left. Default: steps at 50, 25 and 0 %.
   */
  policy?: string | PolicyStep[];
  /**
   * Who is asked; default: the owner of the service.
   */
  owner?: string;
}
/**
 * One arm of a multi-window burn-rate alert.
 */
export interface BurnArm {
  /**
   * Whom it wakes.
   */
  severity: 'page' | 'ticket';
  /**
   * Long window.
   */
  long: string;
  /**
   * Short window.
   */
  short: string;
  /**
   * Burn rate: 1 spends the budget in exactly the period.
   */
  factor: number;
}
/**
 * What is done once so much of the error budget is left.
 */
export interface PolicyStep {
  /**
   * Percent of the budget that is left, or less: 25.
   */
  left: number;
  /**
   * What is done, as Markdown.
   */
  do: string;
  /**
   * Who decides; default: the owner of the objective.
   */
  who?: string;
}
/**
 * An alert, in exactly one form.
 */
export interface Alert {
  /**
   * PromQL that yields a series for each firing instance.
   */
  expr?: string;
  ratio?: Ratio;
  /**
   * Nothing is exposed any more.
   */
  absent?: {
    /**
     * The metric, or a selector of it.
     */
    metric: string;
  };
  /**
   * A value far from its usual level.
   */
  anomaly?: {
    /**
     * What is watched.
     */
    query: string;
    /**
     * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
     */
    season?: string;
    /**
     * How many standard deviations are far.
     */
    deviations: number;
    /**
     * Usual level, in the unit of the query, below which nothing is called unusual: too little traffic to tell. Default: none.
     */
    minimum?: number;
    /**
     * Whether what is far above the usual level fires, what is far below it, or both.
     */
    direction?: 'above' | 'below' | 'both';
  };
  /**
   * A gauge that reaches a limit within a time.
   */
  forecast?: {
    /**
     * The gauge.
     */
    metric: string;
    /**
     * One forecast for each value of these labels.
     */
    by?: LabelKey[];
    /**
     * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
     */
    horizon: string;
    /**
     * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
     */
    over?: string;
    /**
     * The limit, reached from below.
     */
    above?: number;
    /**
     * The limit, reached from above.
     */
    below?: number;
  };
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  for?: string;
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  keepFiringFor?: string;
  /**
   * page wakes somebody, ticket waits for the morning, info is only shown.
   */
  severity: 'page' | 'ticket' | 'info';
  /**
   * One line; Prometheus templates may be used: {{ $labels.queue }}.
   */
  summary: string;
  /**
   * More than the line; templates as in the summary.
   */
  description?: string;
  /**
   * First steps, in Markdown.
   */
  runbook?: string;
  /**
   * Alerts that are symptoms of this one: while it fires, Alertmanager sends no notification of theirs.
   */
  inhibits?: 'all' | string[];
  /**
   * Labels that are added to the alert.
   */
  labels?: {
    /**
     * Value of the label.
     */
    [k: string]: string;
  };
  /**
   * From this day on somebody should decide whether the alert is still wanted: a warning, and a row of `obs-gen expiring`. The output stays the same.
   */
  expires?: string;
  /**
   * Who is asked; default: the owner of the service.
   */
  owner?: string;
}
/**
 * A share of events, guarded against idle series and zero divisions.
 */
export interface Ratio {
  /**
   * Selector of the events in question.
   */
  part: string;
  /**
   * Selector of all events.
   */
  whole: string;
  /**
   * One ratio for each value of these labels.
   */
  by?: LabelKey[];
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  over?: string;
  /**
   * Fires above this share.
   */
  above?: number;
  /**
   * Fires below this share.
   */
  below?: number;
  /**
   * Events of the whole that the window must hold; 0: any number. Default: so many events of the part, or of the rest with below, that chance alone rarely brings them: 4, more where the limit lies beyond a half.
   */
  minEvents?: number;
}
/**
 * A dashboard.
 */
export interface Dashboard {
  /**
   * Its title.
   */
  title: string;
  /**
   * What it is for.
   */
  description?: string;
  /**
   * Labels that the dashboard can be narrowed by.
   */
  variables?: LabelKey[];
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  refresh?: string;
  /**
   * Start of the time range: now-1h.
   */
  from?: string;
  /**
   * What is marked on the time axis.
   */
  annotations?: {
    /**
     * Changes of version.
     */
    deployments?: boolean;
    /**
     * Firing alerts.
     */
    alerts?: boolean;
  };
  /**
   * Rows of panels.
   */
  rows: {
    /**
     * Its title.
     */
    title: string;
    /**
     * Its panels, from left to right.
     */
    panels: Panel[];
  }[];
  /**
   * From this day on somebody should decide whether the dashboard is still wanted: a warning, and a row of `obs-gen expiring`. The output stays the same.
   */
  expires?: string;
  /**
   * Who is asked; default: the owner of the service.
   */
  owner?: string;
}
/**
 * A panel.
 */
export interface Panel {
  /**
   * Its title.
   */
  title?: string;
  /**
   * How it is drawn.
   */
  type?:
    | 'timeseries'
    | 'stat'
    | 'gauge'
    | 'bargauge'
    | 'heatmap'
    | 'table'
    | 'piechart'
    | 'state-timeline'
    | 'logs'
    | 'traces'
    | 'text'
    | 'alertlist';
  /**
   * What is shown, what is good, what to do.
   */
  description?: string;
  /**
   * The metric that is drawn.
   */
  metric?: string;
  /**
   * What is drawn of it.
   */
  show?: Show | Show[];
  /**
   * One line for each value of these labels.
   */
  by?: LabelKey[];
  /**
   * PromQL; LogQL in a logs panel, TraceQL in a traces panel.
   */
  query?: string;
  /**
   * Several queries, by the name that the legend shows.
   */
  queries?: {
    /**
     * PromQL.
     */
    [k: string]: string;
  };
  /**
   * The objective that is shown, as a group of panels.
   */
  slo?: string;
  /**
   * Markdown of a text panel.
   */
  text?: string;
  /**
   * A unit of Grafana: s, bytes, percentunit, currencyUSD, ...; default: from the metric.
   */
  unit?: string;
  /**
   * Stack the lines.
   */
  stack?: boolean;
  /**
   * The alert whose limit is drawn; without a query of its own, the panel shows its expression.
   */
  thresholdsFrom?: string;
}
/**
 * The codemod.
 */
export interface Instrument {
  /**
   * Files to read.
   */
  include?: FileGlob[];
  /**
   * Files to leave out.
   */
  exclude?: FileGlob[];
  /**
   * How much of the code has to be observed: `obs-gen analyze` fails below it.
   */
  coverage?: {
    /**
     * Percentage of the functions that count which have a span or a metric, at least.
     */
    floor?: number;
  };
  /**
   * Wrap the body, or put a decorator on it.
   */
  style?: 'wrap' | 'decorator';
  /**
   * Ready-made rules for SDKs. They open the spans of the preset `agent` (agent.run, agent.model_call, agent.tool_call), or yours of these names, with those attributes that the span has.
   */
  presets?: ('openai' | 'anthropic' | 'vercel-ai' | 'mcp' | 'langchain' | 'mastra')[];
  /**
   * Rules; the first that fits a place wins. Those of presets come last.
   */
  rules?: Rule[];
}
/**
 * Code that gets telemetry: a span, a count, a time, a log line.
 */
export interface Rule {
  match: Match;
  /**
   * What summaries call the rule; default: its place, as instrument.rules[0].
   */
  name?: string;
  /**
   * Code that is left out: one match, or a list of which none may fit.
   */
  not?: Match | Match[];
  /**
   * A name of words separated by dots, dashes or underscores.
   */
  span?: string;
  attributes?: AttributePaths;
  /**
   * A counter that is raised by one when a call ends.
   */
  count?: {
    /**
     * The counter.
     */
    metric: string;
    labels?: AttributePaths;
  };
  /**
   * A histogram of the seconds that a call takes.
   */
  time?: {
    /**
     * The histogram.
     */
    metric: string;
    labels?: AttributePaths;
  };
  /**
   * A log event that is written when a call ends.
   */
  log?: {
    /**
     * A name of words separated by dots, dashes or underscores.
     */
    event: string;
    fields?: AttributePaths;
  };
  /**
   * Replace console.log and its like by the generated logger, in the code that `match` means by file, class and the rest; `call` narrows it: console.error.
   */
  console?: true;
  /**
   * Keep the correlation context in the callbacks that are handed to the calls that `match.call` means, and to classes of that name behind `new`: handlers of queues, emitters, timers and pools. A handler works in the place of a job that brings one (`correlation.injectJob` where it is queued).
   */
  context?: true;
  /**
   * Leave what it matches alone: no later rule, and no preset, gets at it.
   */
  leave?: true;
}
/**
 * Which code is meant; all keys must fit.
 */
export interface Match {
  /**
   * What it is. Default: function, expression, method and object method; accessors and constructors are meant only where `method` names them without a wildcard. An expression is an arrow or a function expression.
   */
  kind?: ('function' | 'expression' | 'method' | 'getter' | 'setter' | 'constructor' | 'object method')[];
  /**
   * Name of the class that it is a member of; for a call, of the class around it.
   */
  class?: string;
  /**
   * Name of the method, of a class or an object; `constructor` means the constructor, #load a private one.
   */
  method?: string;
  /**
   * Name of the function, or of the variable that holds it.
   */
  function?: string;
  /**
   * Name of the variable that holds the function.
   */
  variable?: string;
  /**
   * An interface that the class implements, as written behind `implements` of it or of a class of the same file that it extends.
   */
  implements?: string;
  /**
   * A class that it extends, also through others of the same file.
   */
  extends?: string;
  /**
   * A decorator on it or on its class, without the @.
   */
  decorator?: string;
  /**
   * Files: src/** /*.ts.
   */
  file?: string;
  /**
   * A module that its file imports: openai, @anthropic-ai/*.
   */
  imports?: string;
  /**
   * Whether it is exported.
   */
  exported?: boolean;
  /**
   * Whether it is asynchronous: written `async`, or said to return a promise. For a call: whether it is awaited.
   */
  async?: boolean;
  /**
   * Ask the compiler where the syntax does not tell: what a class implements and extends through other files, what a function returns that does not say so. Slower: the whole project is read.
   */
  types?: boolean;
  /**
   * A call expression: *.chat.completions.create.
   */
  call?: string;
  /**
   * What a tool executes, by the tool's name as the code says it literally.
   */
  tool?: string;
  /**
   * The function that the tool is given to: tool, createTool, *.registerTool.
   */
  toolBy?: string;
}
/**
 * Values by the name of the attribute, label or field.
 */
export interface AttributePaths {
  [k: string]: AttributePath;
}
/**
 * Tracing by the SDK.
 */
export interface Traces {
  /**
   * Head sampling, at the root; OTEL_* variables win.
   */
  sampling?: {
    /**
     * Share of traces that is kept.
     */
    head?: number;
    /**
     * Share by environment (deployment.environment.name).
     */
    environments?: {
      /**
       * Share.
       */
      [k: string]: number;
    };
  };
  /**
   * What one trace may use up in a process: an agent that goes in circles must not fill the queues. Work beyond it goes on without spans, and is counted.
   */
  limits?: {
    /**
     * Most spans of one trace.
     */
    spans?: number;
    /**
     * Most spans below each other.
     */
    depth?: number;
  };
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  abandonAfter?: string;
}
/**
 * What the signals are stored in: a stack for one machine below stack/, manifests below kubernetes/, and the configuration of each program. {} is a whole stack.
 */
export interface Stack {
  /**
   * Whether stack/ is written: a compose file with the configuration of every part. false, where the parts run elsewhere already.
   */
  compose?: boolean;
  /**
   * How the stack reaches the service.
   */
  service?: {
    /**
     * Port of its metrics page.
     */
    port?: number;
    /**
     * Path of its metrics page.
     */
    path?: string;
    /**
     * How the page is asked for.
     */
    scheme?: 'http' | 'https';
    /**
     * Addresses with a port that are scraped, as Prometheus sees them. Default: the port on this machine; in Kubernetes, what the monitor selects.
     */
    targets?: string[];
    /**
     * A file, relative to where the service runs.
     */
    tokenFile?: string;
    /**
     * Instances of the service that are expected, which `obs-gen plan` works out the size of the stores from.
     */
    instances?: number;
  };
  /**
   * The OpenTelemetry Collector, which takes traces and logs over OTLP on the ports 4317 and 4318.
   */
  collector?: {
    /**
     * How many share the work. From two on they stand in two layers: the first spreads traces by their id, so that each trace is decided by one of the second.
     */
    instances?: number;
    /**
     * Memory that each may use; it refuses work before it comes to that.
     */
    memory?: string;
    /**
     * Log files of services that write no OTLP, one JSON object a line, as globs. In compose and Kubernetes, the containers' own log files are read where this is not written.
     */
    logFiles?: string[];
  };
  /**
   * Sampling by the Collector.
   */
  sampling?: {
    /**
     * Decided when a trace is complete.
     */
    tail?: {
      /**
       * Keep every trace with an error.
       */
      keepErrors?: boolean;
      /**
       * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
       */
      slowerThan?: string;
      /**
       * Share of the rest. Default: all of it.
       */
      rest?: number;
      /**
       * Keep the traces of these agents, by the attribute gen_ai.agent.name of any of their spans.
       */
      keepRuns?: string[];
      /**
       * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
       */
      wait?: string;
      /**
       * New traces a second that there is memory for, over all Collectors. Default: 50.
       */
      tracesPerSecond?: number;
    };
  };
  /**
   * Metric store: Prometheus, which keeps samples for target.prometheus.retention.
   */
  metrics?: {
    /**
     * Where Prometheus also sends every sample: Mimir, Thanos Receive, or what speaks the same protocol.
     */
    remoteWrite?: {
      /**
       * Its address: http://mimir:8080/api/v1/push.
       */
      url: string;
      /**
       * A file, relative to where the service runs.
       */
      tokenFile?: string;
    };
  };
  /**
   * Trace store.
   */
  traces?: {
    /**
     * Which.
     */
    store?: 'tempo' | 'jaeger';
    /**
     * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
     */
    retention?: string;
    /**
     * Where the Collector sends them over OTLP/HTTP, where that is not the store of this stack; the path of the signal is put after it. ${env:NAME} is filled in from the Collector's environment.
     */
    endpoint?: string;
  };
  /**
   * Log store.
   */
  logs?: {
    /**
     * Which.
     */
    store?: 'loki';
    /**
     * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
     */
    retention?: string;
    /**
     * Where the Collector sends them over OTLP/HTTP, where that is not the store of this stack; the path of the signal is put after it. ${env:NAME} is filled in from the Collector's environment.
     */
    endpoint?: string;
  };
  /**
   * Whether there is a Pushgateway, for jobs that end before they are scraped. Default: with the preset training.
   */
  pushgateway?: boolean;
  /**
   * Whether `obs-gen gpu` runs as an exporter of its own, a container or a DaemonSet, for machines whose services do not collect from their GPUs themselves.
   */
  gpuExporter?: boolean;
  /**
   * Who may talk to whom.
   */
  access?: {
    /**
     * Whether the parts speak TLS with each other and show each other certificates, of an authority of their own that `obs-gen stack up` makes. Whoever has none is refused.
     */
    tls?: boolean;
    /**
     * Tenant in Loki and Tempo, or Mimir: services with different tenants do not see each other's data.
     */
    tenant?: string;
  };
  /**
   * Receiver of each severity. What has none goes to the next louder one: info to the ticket's, a ticket to the page's.
   */
  alertmanager?: {
    /**
     * Oldest Alertmanager that reads the file, quoted.
     */
    version?: string;
    page?: Receiver;
    ticket?: Receiver1;
    info?: Receiver2;
    deadMansSwitch?: Receiver3;
    /**
     * Labels whose values an alert has in common with those that it shares a notification with. Default: alertname, service, slo.
     */
    groupBy?: WireName[];
    /**
     * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
     */
    groupWait?: string;
    /**
     * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
     */
    groupInterval?: string;
    /**
     * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
     */
    repeatInterval?: string;
  };
  /**
   * Manifests.
   */
  kubernetes?: {
    /**
     * Namespace of the manifests.
     */
    namespace?: string;
    /**
     * Labels that the Prometheus Operator selects rules by.
     */
    prometheusSelector?: {
      /**
       * Value.
       */
      [k: string]: string;
    };
    /**
     * Namespace that the service runs in. Default: the one of the manifests.
     */
    serviceNamespace?: string;
    /**
     * What the Prometheus Operator finds the service by: its Service, or its pods alone.
     */
    monitor?: 'service' | 'pod';
    /**
     * Labels of the service's Service or pods. Default: app.kubernetes.io/name and the name of the service.
     */
    selector?: {
      /**
       * Value.
       */
      [k: string]: string;
    };
    /**
     * Name of the port of its metrics page.
     */
    portName?: string;
    /**
     * How the Collector is run: by a Deployment, by the OpenTelemetry Operator, or not from here.
     */
    collector?: 'deployment' | 'operator' | 'none';
    /**
     * How the dashboards get to Grafana: as ConfigMaps for the sidecar of its charts, or as resources of the Grafana Operator.
     */
    dashboards?: 'sidecar' | 'operator';
  };
}
/**
 * What wakes somebody.
 */
export interface Receiver {
  /**
   * Slack.
   */
  slack?: {
    /**
     * A file, relative to where the service runs.
     */
    webhookFile: string;
    /**
     * Channel; default: the one of the webhook.
     */
    channel?: string;
  };
  /**
   * PagerDuty.
   */
  pagerduty?: {
    /**
     * A file, relative to where the service runs.
     */
    routingKeyFile: string;
  };
  /**
   * OpsGenie.
   */
  opsgenie?: {
    /**
     * A file, relative to where the service runs.
     */
    apiKeyFile: string;
  };
  /**
   * E-mail.
   */
  email?: {
    /**
     * Address.
     */
    to: string;
    /**
     * Sender.
     */
    from?: string;
    /**
     * Server that the mail is given to, with its port: mail.example.com:587.
     */
    smarthost?: string;
    /**
     * Name for the server; default: the sender, where there is a password.
     */
    username?: string;
    /**
     * A file, relative to where the service runs.
     */
    passwordFile?: string;
  };
  /**
   * A webhook of your own.
   */
  webhook?: {
    /**
     * Its address.
     */
    url?: string;
    /**
     * A file, relative to where the service runs.
     */
    urlFile?: string;
  };
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  groupWait?: string;
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  groupInterval?: string;
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  repeatInterval?: string;
}
/**
 * What waits for the morning.
 */
export interface Receiver1 {
  /**
   * Slack.
   */
  slack?: {
    /**
     * A file, relative to where the service runs.
     */
    webhookFile: string;
    /**
     * Channel; default: the one of the webhook.
     */
    channel?: string;
  };
  /**
   * PagerDuty.
   */
  pagerduty?: {
    /**
     * A file, relative to where the service runs.
     */
    routingKeyFile: string;
  };
  /**
   * OpsGenie.
   */
  opsgenie?: {
    /**
     * A file, relative to where the service runs.
     */
    apiKeyFile: string;
  };
  /**
   * E-mail.
   */
  email?: {
    /**
     * Address.
     */
    to: string;
    /**
     * Sender.
     */
    from?: string;
    /**
     * Server that the mail is given to, with its port: mail.example.com:587.
     */
    smarthost?: string;
    /**
     * Name for the server; default: the sender, where there is a password.
     */
    username?: string;
    /**
     * A file, relative to where the service runs.
     */
    passwordFile?: string;
  };
  /**
   * A webhook of your own.
   */
  webhook?: {
    /**
     * Its address.
     */
    url?: string;
    /**
     * A file, relative to where the service runs.
     */
    urlFile?: string;
  };
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  groupWait?: string;
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  groupInterval?: string;
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  repeatInterval?: string;
}
/**
 * What is only shown.
 */
export interface Receiver2 {
  /**
   * Slack.
   */
  slack?: {
    /**
     * A file, relative to where the service runs.
     */
    webhookFile: string;
    /**
     * Channel; default: the one of the webhook.
     */
    channel?: string;
  };
  /**
   * PagerDuty.
   */
  pagerduty?: {
    /**
     * A file, relative to where the service runs.
     */
    routingKeyFile: string;
  };
  /**
   * OpsGenie.
   */
  opsgenie?: {
    /**
     * A file, relative to where the service runs.
     */
    apiKeyFile: string;
  };
  /**
   * E-mail.
   */
  email?: {
    /**
     * Address.
     */
    to: string;
    /**
     * Sender.
     */
    from?: string;
    /**
     * Server that the mail is given to, with its port: mail.example.com:587.
     */
    smarthost?: string;
    /**
     * Name for the server; default: the sender, where there is a password.
     */
    username?: string;
    /**
     * A file, relative to where the service runs.
     */
    passwordFile?: string;
  };
  /**
   * A webhook of your own.
   */
  webhook?: {
    /**
     * Its address.
     */
    url?: string;
    /**
     * A file, relative to where the service runs.
     */
    urlFile?: string;
  };
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  groupWait?: string;
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  groupInterval?: string;
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  repeatInterval?: string;
}
/**
 * Receiver of an alert that always fires, which is made for it, every repeatInterval (default 1m): when it hears nothing any more, Prometheus or Alertmanager is down, and it has to be what tells somebody.
 */
export interface Receiver3 {
  /**
   * Slack.
   */
  slack?: {
    /**
     * A file, relative to where the service runs.
     */
    webhookFile: string;
    /**
     * Channel; default: the one of the webhook.
     */
    channel?: string;
  };
  /**
   * PagerDuty.
   */
  pagerduty?: {
    /**
     * A file, relative to where the service runs.
     */
    routingKeyFile: string;
  };
  /**
   * OpsGenie.
   */
  opsgenie?: {
    /**
     * A file, relative to where the service runs.
     */
    apiKeyFile: string;
  };
  /**
   * E-mail.
   */
  email?: {
    /**
     * Address.
     */
    to: string;
    /**
     * Sender.
     */
    from?: string;
    /**
     * Server that the mail is given to, with its port: mail.example.com:587.
     */
    smarthost?: string;
    /**
     * Name for the server; default: the sender, where there is a password.
     */
    username?: string;
    /**
     * A file, relative to where the service runs.
     */
    passwordFile?: string;
  };
  /**
   * A webhook of your own.
   */
  webhook?: {
    /**
     * Its address.
     */
    url?: string;
    /**
     * A file, relative to where the service runs.
     */
    urlFile?: string;
  };
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  groupWait?: string;
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  groupInterval?: string;
  /**
   * A Prometheus duration: 500ms, 5m, 1h30m, 30d.
   */
  repeatInterval?: string;
}
