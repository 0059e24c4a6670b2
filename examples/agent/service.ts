import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { logs, observability, telemetry } from '../../generated/index.js';
import { askAgentTool } from './agent/ask-agent.js';
import { runTask, type RunOptions } from './agent/run.js';
import { TaskStore, type Task } from './agent/task.js';
import type { Config } from './config.js';
import { checkHealth } from './health.js';
import { closeServer } from './http/close-server.js';
import { createHttpServer } from './http/server.js';
import { createClient, type Endpoint } from './model/client.js';
import { WorkQueue } from './queue/work-queue.js';
import { startScriptedModel } from './scripted-model/server.js';
import { registerLabels } from './telemetry/register-labels.js';
import { startTelemetry } from './telemetry/start-telemetry.js';
import { openToolbox } from './tools/toolbox.js';

/** A service that runs. */
export interface Service {
  /** http://127.0.0.1:8080 */
  readonly address: string;
  /** Takes in no more tasks, gives those that run the time to end, then closes everything. */
  stop(): Promise<void>;
}

/** Starts the service, and the scripted model where no other is configured. */
export async function startService(config: Config): Promise<Service> {
  // Made before the start, so that the last spans are kept for /debug/trace.
  const endpoints = observability.express();
  await startTelemetry();
  const scripted = config.modelUrl === undefined ? await startScriptedModel() : undefined;
  const { apiKey, provider } = config;
  const endpoint: Endpoint = { baseUrl: config.modelUrl ?? scripted?.baseUrl ?? '', apiKey, provider };
  checkHealth(endpoint);

  const toolbox = openToolbox([askAgentTool('analyst', 'Asks an agent that computes.', () => options)]);
  registerLabels(config, toolbox);
  const model = { ...config, client: createClient(endpoint), timeoutMs: config.modelTimeoutMs };
  const options: RunOptions = { ...config, toolbox, model };
  const store = new TaskStore();
  const queue = new WorkQueue<Task>({
    name: 'tasks',
    capacity: config.queueCapacity,
    workers: config.workers,
    work: (task) => runTask(task, options),
  });

  const server = createHttpServer({ config, store, queue }, endpoints);
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const address = `http://${config.host}:${(server.address() as AddressInfo).port}`;
  logs.serviceStarted({ address, model_server: config.modelUrl ?? 'scripted' });

  const stop = async (): Promise<void> => {
    let cancelled = 0;
    const giveUp = setTimeout(() => {
      const unfinished = store.unfinished();
      cancelled = unfinished.length;
      for (const task of unfinished) task.abort.abort();
    }, config.graceMs);
    await queue.drain();
    clearTimeout(giveUp);
    await closeServer(server);
    await scripted?.stop();
    logs.serviceStopped({ cancelled });
    await telemetry.shutdown();
  };
  let stopped: Promise<void> | undefined;
  return { address, stop: () => (stopped ??= stop()) };
}
