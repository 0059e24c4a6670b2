import type { IncomingMessage, ServerResponse } from 'node:http';
import { logs, metrics } from '../../../generated/index.js';
import type { Task, TaskStore } from '../agent/task.js';
import type { Config } from '../config.js';
import type { WorkQueue } from '../queue/work-queue.js';
import { BadRequestError, readJsonObject } from './body.js';
import { sendJson } from './respond.js';
import { streamTaskEvents } from './task-events.js';

/** What the handlers work on. */
export interface TaskContext {
  readonly config: Config;
  readonly store: TaskStore;
  readonly queue: WorkQueue<Task>;
}

/** POST /tasks: takes a task in. With `Accept: text/event-stream` the answer is the stream of its events, and leaving it cancels the task. */
export async function postTask(
  context: TaskContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const task = context.store.create(await readTask(context.config, request));
  const admission = context.queue.push(task);
  if (admission !== 'accepted') {
    context.store.forget(task);
    logs.taskRefused({ reason: admission });
    const status = admission === 'full' ? 429 : 503;
    sendJson(response, status, { error: `the task was refused: ${admission}` }, { 'retry-after': '5' });
    return;
  }
  logs.taskAccepted({ task: task.id, agent: task.agent, length: task.text.length });
  if (request.headers.accept?.includes('text/event-stream') === true) {
    const stayed = await streamTaskEvents(task, response);
    if (!stayed) task.abort.abort();
    return;
  }
  sendJson(response, 202, describe(task), { location: `/tasks/${task.id}` });
}

/** GET /tasks/:id */
export function getTask(context: TaskContext, id: string, response: ServerResponse): void {
  const task = context.store.get(id);
  if (task === undefined) sendJson(response, 404, { error: 'there is no such task' });
  else sendJson(response, 200, describe(task));
}

/** GET /tasks/:id/events */
export async function getTaskEvents(
  context: TaskContext,
  id: string,
  response: ServerResponse,
): Promise<void> {
  const task = context.store.get(id);
  if (task === undefined) sendJson(response, 404, { error: 'there is no such task' });
  else await streamTaskEvents(task, response);
}

/** DELETE /tasks/:id: cancels it. */
export function deleteTask(context: TaskContext, id: string, response: ServerResponse): void {
  const task = context.store.get(id);
  if (task === undefined) {
    sendJson(response, 404, { error: 'there is no such task' });
    return;
  }
  task.abort.abort();
  sendJson(response, 202, describe(task));
}

async function readTask(
  config: Config,
  request: IncomingMessage,
): Promise<Pick<Task, 'agent' | 'text' | 'model'>> {
  const body = await readJsonObject(request);
  const text = body.get('task');
  if (typeof text !== 'string' || text.trim() === '')
    throw new BadRequestError(400, 'the text `task` is missing');
  const agent = body.get('agent') ?? config.defaultAgent;
  if (typeof agent !== 'string' || !config.agents.has(agent))
    throw new BadRequestError(400, 'there is no such agent');
  return { text, agent, model: readModel(config, body.get('model')) };
}

/** A model that is not configured is counted, as __other__, and not used. */
function readModel(config: Config, model: unknown): string | undefined {
  if (model === undefined) return undefined;
  if (typeof model !== 'string') throw new BadRequestError(400, '`model` is no text');
  metrics.researchModelRequestsTotal.inc({ model });
  return config.models.includes(model) ? model : undefined;
}

function describe(task: Task): object {
  return {
    id: task.id,
    agent: task.agent,
    state: task.state,
    outcome: task.outcome ?? null,
    answer: task.answer,
    steps: task.steps,
    costUsd: task.costUsd,
  };
}
