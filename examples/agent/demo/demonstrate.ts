import { once } from 'node:events';
import { configFromEnvironment } from '../config.js';
import { startService, type Service } from '../service.js';
import { Progress } from './progress.js';
import { findPrometheus, Prometheus } from './prometheus.js';
import { scrape } from './scrape.js';
import { sendTask } from './send-task.js';
import { showPrometheus, waitForFirstScrape } from './show-prometheus.js';
import { summarize } from './summary.js';
import { demoTasks } from './tasks.js';

export interface DemoOptions {
  readonly serve: boolean;
  readonly prometheus: boolean;
}

/**
 * Starts the service, gives it work, shows what was measured, closes everything. Returns the exit code: 1 where no task was answered or
 * Prometheus cannot evaluate the rules, 130 where the work was interrupted.
 */
export async function demonstrate(options: DemoOptions): Promise<number> {
  const program = options.prometheus ? findPrometheus() : undefined;
  if (options.prometheus && program === undefined) {
    print('prometheus is not on the PATH. On Debian: apt-get install -y --no-install-recommends prometheus');
    return 1;
  }
  // The log would run through the progress bar; LOG_LEVEL=info shows it all the same.
  process.env['LOG_LEVEL'] ??= 'fatal';
  const config = configFromEnvironment(process.env);
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => 130);
  const service = await startService(config);
  let prometheus: Prometheus | undefined;
  try {
    print(`The research agent listens on ${service.address}`);
    print(`and asks ${config.modelUrl ?? 'the scripted model on loopback'}.\n`);
    if (program !== undefined) prometheus = await Prometheus.start(program, service.address);
    const exitCode = await Promise.race([showWork(service, prometheus), interrupted]);
    if (exitCode === 130 || !options.serve) return exitCode;
    print(`Metrics     ${service.address}/metrics`);
    print(`Inside      ${service.address}/stats, /debug/trace and /health/detailed`);
    if (prometheus !== undefined) print(`Prometheus  ${prometheus.address}`);
    print('Press Ctrl+C to stop.');
    await interrupted;
    return exitCode;
  } finally {
    await prometheus?.stop();
    await service.stop();
  }
}

/** Sends the tasks and shows what came of them; returns the exit code. */
async function showWork(service: Service, prometheus: Prometheus | undefined): Promise<number> {
  if (prometheus !== undefined) await waitForFirstScrape(prometheus);
  const seconds = await sendTasks(service);
  const page = await scrape(service.address);
  print(`\nWhat it measured of ${demoTasks.length} tasks in ${seconds.toFixed(1)} s\n`);
  print(`${summarize(page)}\n`);
  const outcomes = page.sumsBy('agent_runs_total', 'outcome').map(([outcome]) => outcome);
  let exitCode = outcomes.includes('completed') ? 0 : 1;
  if (prometheus !== undefined) {
    const report = await showPrometheus(prometheus, page.sum('agent_runs_total'));
    print(report.text);
    if (!report.healthy) exitCode = 1;
  }
  print(nextSteps);
  return exitCode;
}

/** Sends all tasks at once, as many clients would; returns how long it took, in seconds. */
async function sendTasks(service: Service): Promise<number> {
  const started = performance.now();
  const progress = new Progress(demoTasks.length);
  await Promise.all(
    demoTasks.map(async (task) => {
      const outcome = await sendTask(service.address, task);
      progress.step(`${outcome.padEnd(15)} ${task.task}`);
    }),
  );
  progress.end();
  return (performance.now() - started) / 1000;
}

const nextSteps = `Where to look next
  observability.yaml                           what all of this was made from
  generated/docs/TELEMETRY.md                  every metric, span, log event, objective and alert
  generated/grafana/dashboards/overview.json   the dashboard, for Grafana's import
  generated/prometheus/rules/                  the rules: npm start -- --prometheus runs them
  node dist/cli/main.js doctor --audit examples/agent/data/audit.jsonl
                                               the audit trail: what happened, and that nobody has changed it
  npx obs-gen explain OBS3201                  what a diagnostic means and how to mend it
  npm start -- --serve                         the same, and the service keeps running
`;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
