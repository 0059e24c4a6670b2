import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Task, TaskEvent } from '../agent/task.js';

/**
 * Streams what happens to a task as server-sent events, from its beginning, until it has ended or the client is gone.
 * Returns whether the client stayed.
 */
export async function streamTaskEvents(task: Task, response: ServerResponse): Promise<boolean> {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-task-id': task.id,
  });
  const send = (event: TaskEvent): void => {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    if (event.type === 'end') response.end();
  };
  for (const event of task.events) send(event);
  task.listeners.on('event', send);
  try {
    await once(response, 'close');
  } finally {
    task.listeners.off('event', send);
  }
  return response.writableFinished;
}
