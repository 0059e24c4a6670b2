import { lossAccount } from './account.js';
import { flushAggregation, startAggregation } from './aggregate/start.js';
import type { StartContext } from './component.js';
import { Components } from './components.js';
import { createMetricProducer } from './export/producer.js';
import { pushMetrics, startPushing, stopAllPushing } from './export/pushgateway.js';
import { metricsHandler, scrape } from './exposition/handler.js';
import { currentRegistry, moveToRegistry } from './exposition/registry.js';
import { countRedactions } from './redaction/redaction-counter.js';
import { redactionRules } from './redaction/redactor.js';
import { monotonicSeconds } from './host.js';
import { reloadLogLevel } from './logs/log-level.js';
import { flushLogs, setLogWriter } from './logs/log-output.js';
import { followCaps } from './metrics/live-caps.js';
import { sayOperatorNotes } from './metrics/operator.js';
import { joinOwnMetrics } from './metrics/own-metrics.js';
import { watchProcess } from './node/watch-process.js';
import { environmentName } from './sdk/environment.js';
import { recentSpans } from './sdk/recent-spans.js';
import { exportsLogs } from './sdk/set-up.js';
import { startTracing } from './sdk/start.js';
import type { RunningTracing } from './sdk/start.js';
import { startSettings } from './settings/live-settings.js';
import { currentSettings, onSettings } from './settings/settings.js';
import { endOnSignals } from './signals.js';
import { noteStart } from './started.js';
import { lostSince, telemetryStats } from './stats.js';
import type { TelemetryStats } from './stats.js';
import type {
  ShutdownReport,
  StartReport,
  Telemetry,
  TelemetryDefinition,
  TelemetryOptions,
} from './telemetry-options.js';
import { withDeadline, withinSeconds } from './timers.js';
import { tracePolicy } from './traces/tracer.js';

export type { TelemetryStats } from './stats.js';
export type {
  ShutdownReport,
  StartReport,
  Telemetry,
  TelemetryDefinition,
  TelemetryOptions,
} from './telemetry-options.js';

const defaultDeadlineSeconds = 3;

/** The part of the deadline after which spans are sent though a component has not ended: what it still makes is lost then. */
const componentShare = 0.4;

/** Makes the telemetry of a service. */
export function createTelemetry(definition: TelemetryDefinition): Telemetry {
  const running = new RunningTelemetry(definition);
  if (definition.redactions !== undefined) {
    definition.redactions.rules.register(redactionRules);
    countRedactions(definition.redactions.counter);
  }
  joinOwnMetrics();
  return {
    start: (options) => running.start(options ?? {}),
    shutdown: (options) => running.shutdown(options?.deadlineSeconds ?? defaultDeadlineSeconds),
    stats: () => running.stats(),
    recentSpans,
    metricsHandler,
    scrape,
    metricProducer: (options) => createMetricProducer(definition.service.name, options),
    pushMetrics,
    startPushing,
  };
}

class RunningTelemetry {
  private readonly definition: TelemetryDefinition;
  private readonly components: Components;
  private tracing: RunningTracing | Promise<RunningTracing> | undefined;
  /** Once it runs. */
  private current: RunningTracing | undefined;
  private ending: Promise<ShutdownReport> | undefined;
  /** What ends with the telemetry, by what it is. */
  private readonly ends = new Map<string, () => void>();

  constructor(definition: TelemetryDefinition) {
    this.definition = definition;
    this.components = new Components(definition.components ?? []);
  }

  async start(options: TelemetryOptions): Promise<StartReport> {
    const environment = environmentName(options.environment);
    if (this.ending !== undefined) return { tracing: 'off', environment };
    noteStart();
    this.begin(options);
    tracePolicy.checksNesting = environment === 'development';
    const { service } = this.definition;
    const context: StartContext = { service, environment, settings: currentSettings() };
    const isWanted = this.wantsTracing(options);
    // Up to here and through the SDK's own start nothing waits, where the SDK is found at once: the first span finds the provider.
    if (isWanted) this.tracing ??= this.startTracing(options, context);
    const running = isWanted ? await this.tracing : undefined;
    await this.components.start(context);
    // Only now: the SDK may have brought the logger that they are told.
    sayOperatorNotes();
    return { tracing: running?.state ?? 'off', environment };
  }

  shutdown(deadlineSeconds: number): Promise<ShutdownReport> {
    const started = monotonicSeconds();
    const before = lossAccount.tallies();
    const report = (error?: string): ShutdownReport => {
      for (const end of this.ends.values()) end();
      const lost = lostSince(before);
      const result = { seconds: monotonicSeconds() - started, lost };
      const complete = error === undefined && lost.length === 0;
      return error === undefined ? { complete, ...result } : { complete, ...result, error };
    };
    return (this.ending ??= withDeadline(
      this.close(deadlineSeconds).then(() => report()),
      deadlineSeconds,
      () => {
        this.current?.abandon();
        return report('the deadline passed');
      },
      (error) => report(error instanceof Error ? error.message : String(error)),
    ));
  }

  stats(): TelemetryStats {
    return telemetryStats({
      state: this.current?.state,
      sampling: this.current?.share(),
      outlets: this.current?.outlets ?? [],
      components: this.components.stats(),
    });
  }

  /** Settings first, since all else goes by them. */
  private begin(options: TelemetryOptions): void {
    const { process } = this.definition;
    reloadLogLevel();
    this.once('settings', () => startSettings({ ...options, settings: settingsOf(options) }));
    this.once('caps', followCaps);
    this.once('spans', () =>
      onSettings(({ switches }) => (tracePolicy.enabled = switches?.['traces'] !== false)),
    );
    if (options.writeLog !== undefined) setLogWriter(options.writeLog);
    moveToRegistry(options.registry ?? currentRegistry());
    if (process !== undefined && isOn('process')) this.once('process', () => watchProcess(process));
    if (options.aggregate !== false) startAggregation(options.aggregate);
    if (options.signals === true)
      this.once('signals', () => endOnSignals(() => this.shutdown(defaultDeadlineSeconds)));
  }

  private wantsTracing(options: TelemetryOptions): boolean {
    if (options.spans === false) return false;
    return (
      (this.definition.spans && isOn('traces')) ||
      exportsMetrics(options.sdk) ||
      (exportsLogs() && isOn('logs'))
    );
  }

  private startTracing(
    options: TelemetryOptions,
    context: StartContext,
  ): RunningTracing | Promise<RunningTracing> {
    const { service, sampling, redaction, spans } = this.definition;
    const begin = (
      parts: Awaited<ReturnType<Components['tracing']>>,
    ): RunningTracing | Promise<RunningTracing> =>
      startTracing({
        service,
        environment: context.environment,
        sampling,
        redaction,
        exports: { spans: spans && isOn('traces'), logs: isOn('logs') },
        parts,
        configuration: options.sdk ?? {},
        isEarly: options.early === true,
      });
    const parts = this.components.tracing(context);
    const tracing = parts instanceof Promise ? parts.then(begin) : begin(parts);
    if (!(tracing instanceof Promise)) return (this.current = tracing);
    return tracing.then((running) => (this.current = running));
  }

  private async close(deadlineSeconds: number): Promise<void> {
    flushAggregation();
    const pushing = stopAllPushing();
    for (const outlet of this.current?.outlets ?? []) void outlet.flush();
    const closing = this.components.close();
    await withinSeconds(deadlineSeconds * componentShare, closing);
    flushLogs();
    const running = await this.tracing;
    const [pushed] = await Promise.all([pushing, running?.close(), closing]);
    const failed = pushed.find(({ sent }) => !sent);
    if (failed !== undefined) throw new Error(`the last push failed: ${failed.error ?? 'it was refused'}`);
  }

  private once(what: string, start: () => () => void): void {
    if (!this.ends.has(what)) this.ends.set(what, start());
  }
}

function isOn(name: string): boolean {
  return currentSettings().switches?.[name] !== false;
}

function settingsOf({ settings = {}, switches }: TelemetryOptions): TelemetryOptions['settings'] {
  return switches === undefined ? settings : { ...settings, switches: { ...settings.switches, ...switches } };
}

/** Whether the SDK is to export metrics: then it is started for a spec without spans too. */
function exportsMetrics(sdk: TelemetryOptions['sdk']): boolean {
  return sdk?.['metricReaders'] !== undefined || sdk?.['metricReader'] !== undefined;
}
