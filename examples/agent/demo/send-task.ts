import { eventData } from '../model/event-stream.js';
import type { RunOutcome, TaskEvent } from '../agent/task.js';
import type { DemoTask } from './tasks.js';

/** Sends a task, follows the stream of its events, and returns how it ended. */
export async function sendTask(address: string, task: DemoTask): Promise<RunOutcome> {
  const response = await fetch(`${address}/tasks`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ task: task.task, agent: task.agent, model: task.model }),
  });
  if (!response.ok || response.body === null) throw new Error(`the service answered ${response.status}`);
  for await (const data of eventData(response.body)) {
    const event = JSON.parse(data) as TaskEvent;
    if (event.type === 'end') return event.outcome;
    // Leaving the loop closes the connection, and the service cancels the task.
    if (task.leaves === true && event.type === 'step') return 'cancelled';
  }
  throw new Error('the stream ended before the task did');
}
