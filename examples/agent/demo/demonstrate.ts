import { once } from 'node:events';
import { configFromEnvironment } from '../config.js';
import { startService, type Service } from '../service.js';
import { Progress } from './progress.js';
import { findPrometheus, Prometheus } from './prometheus.js';
import { scrape } from './scrape.js';
import { sendTask } from './send-task.js';
import { showPrometheus } from './show-prometheus.js';
import { summarize } from './summary.js';
import { demoTasks } from './tasks.js';

export interface DemoOptions {
  readonly serve: boolean;
  readonly prometheus: boolean;
}

/** Starts the service, gives it work, shows what was measured. Returns the exit code: 1 where Prometheus cannot evaluate the rules. */
export async function demonstrate(options: DemoOptions): Promise<number> {
  const program = options.prometheus ? findPrometheus() : undefined;
  if (options.prometheus && program === undefined) {
    print('prometheus is not on the PATH. On Debian: apt-get install -y --no-install-recommends prometheus');
    return 1;
  }
  // The log would run through the progress bar; LOG_LEVEL=info shows it all the same.
  process.env['LOG_LEVEL'] ??= 'error';
  const config = configFromEnvironment(process.env);
  const service = await startService(config);
  let prometheus: Prometheus | undefined;
  let exitCode = 0;
  try {
    print(
      `The research agent listens on ${service.address} (model: ${config.modelUrl ?? 'scripted, on loopback'}).`,
    );
    if (program !== undefined) prometheus = await Prometheus.start(program, service.address);
    const seconds = await sendTasks(service);
    const page = await scrape(service.address);
    print(
      `\nWhat it measured of ${demoTasks.length} tasks in ${seconds.toFixed(1)} s\n\n${summarize(page)}\n`,
    );
    if (prometheus !== undefined) {
      const report = await showPrometheus(prometheus);
      print(report.text);
      if (!report.healthy) exitCode = 1;
    }
    print(nextSteps);
    if (options.serve) await untilInterrupted(service, prometheus);
  } finally {
    await prometheus?.stop();
    await service.stop();
  }
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

async function untilInterrupted(service: Service, prometheus: Prometheus | undefined): Promise<void> {
  print(
    `Metrics: ${service.address}/metrics${prometheus === undefined ? '' : `   Prometheus: ${prometheus.address}`}`,
  );
  print('Press Ctrl+C to stop.');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

const nextSteps = `Where to look next
  observability.yaml                           what all of this was made from
  generated/docs/TELEMETRY.md                  every metric, span, log event, objective and alert
  generated/grafana/dashboards/overview.json   the dashboard, for Grafana's import
  generated/prometheus/rules/                  the rules: npm start -- --prometheus runs them
  npx obs-gen explain OBS3201                  what a diagnostic means and how to mend it
  npm start -- --serve                         the same, and the service keeps running
`;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
