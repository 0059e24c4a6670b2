import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { logs, metrics, telemetry } from '../../generated/index.js';
import { runTask } from './agent/run.js';
import { TaskStore, type Task } from './agent/task.js';
import type { Config } from './config.js';
import { closeServer } from './http/close-server.js';
import { createHttpServer } from './http/server.js';
import { readPrices } from './model/prices.js';
import { WorkQueue, type JobOutcome } from './queue/work-queue.js';
import { startScriptedModel } from './scripted-model/server.js';
import { registerLabels } from './telemetry/register-labels.js';
import { startTelemetry } from './telemetry/start-telemetry.js';
import { openToolbox } from './tools/toolbox.js';

/** A service that runs. */
export interface Service {
  /** http://127.0.0.1:8080 */
  readonly address: string;
  readonly modelUrl: string;
  /** Takes in no more tasks, gives those that run the time to end, then closes everything. */
  stop(): Promise<void>;
}

/** How long tasks may go on after the service was told to stop, in milliseconds. */
const graceMs = 5000;

/** Starts the service, and the scripted model where no other is configured. */
export async function startService(config: Config): Promise<Service> {
  await startTelemetry();
  const scripted = config.modelUrl === undefined ? await startScriptedModel() : undefined;
  const modelUrl = config.modelUrl ?? scripted?.baseUrl ?? '';
  const toolbox = openToolbox();
  const prices = readPrices();
  registerLabels(config, toolbox);
  metrics.agentPriceTableTimestampSeconds.set(prices.updated);

  const store = new TaskStore();
  const model = {
    endpoint: { baseUrl: modelUrl, apiKey: config.apiKey, provider: config.provider },
    models: config.models,
    timeoutMs: config.modelTimeoutMs,
    retries: config.retries,
    backoffMs: config.backoffMs,
  };
  const queue = new WorkQueue<Task>({
    name: 'tasks',
    capacity: config.queueCapacity,
    workers: config.workers,
    work: async (task): Promise<JobOutcome> => {
      await runTask(task, { ...config, toolbox, prices, model });
      if (task.outcome === 'completed') return 'done';
      return task.outcome === 'cancelled' ? 'cancelled' : 'failed';
    },
  });

  const server = createHttpServer({ config, store, queue });
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const address = `http://${config.host}:${(server.address() as AddressInfo).port}`;
  logs.serviceStarted({ address, model_server: scripted === undefined ? modelUrl : 'scripted' });

  const stop = async (): Promise<void> => {
    let cancelled = 0;
    const giveUp = setTimeout(() => {
      const unfinished = store.unfinished();
      cancelled = unfinished.length;
      for (const task of unfinished) task.abort.abort();
    }, graceMs);
    await queue.drain();
    clearTimeout(giveUp);
    await closeServer(server);
    await scripted?.stop();
    logs.serviceStopped({ cancelled });
    await telemetry.shutdown();
  };
  let stopped: Promise<void> | undefined;
  return { address, modelUrl, stop: () => (stopped ??= stop()) };
}
