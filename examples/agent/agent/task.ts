import { EventEmitter } from 'node:events';

export type RunOutcome =
  | 'completed'
  | 'error'
  | 'cancelled'
  | 'timeout'
  | 'max_steps'
  | 'budget_exceeded'
  | 'loop_detected'
  | 'policy_denied';

/** What a client hears while its task runs. */
export type TaskEvent =
  | { readonly type: 'step'; readonly step: number }
  | { readonly type: 'text'; readonly text: string }
  /** The text of this step so far is void: the call failed and is made again. */
  | { readonly type: 'retract' }
  | { readonly type: 'tool'; readonly tool: string; readonly ok: boolean; readonly result: string }
  | { readonly type: 'end'; readonly outcome: RunOutcome; readonly answer: string | null };

export type TaskState = 'queued' | 'running' | 'finished';

/** A task of a client, from acceptance to answer. */
export interface Task {
  readonly id: string;
  readonly agent: string;
  readonly text: string;
  /** Model that the client asked for, where it is one that is configured. */
  readonly model: string | undefined;
  readonly abort: AbortController;
  readonly events: TaskEvent[];
  readonly listeners: EventEmitter<{ event: [TaskEvent] }>;
  state: TaskState;
  outcome: RunOutcome | undefined;
  answer: string | null;
  steps: number;
  costUsd: number;
}

/** Tells everybody who listens, and those who will: events are kept. */
export function publish(task: Task, event: TaskEvent): void {
  if (event.type === 'step') task.steps = event.step;
  task.events.push(event);
  task.listeners.emit('event', event);
}

/** The tasks that the service remembers: all that are not finished, and the newest of the finished ones. */
export class TaskStore {
  readonly #tasks = new Map<string, Task>();
  readonly #maxFinished: number;
  #count = 0;

  constructor(maxFinished = 1000) {
    this.#maxFinished = maxFinished;
  }

  create(fields: Pick<Task, 'agent' | 'text' | 'model'>): Task {
    this.#count += 1;
    const task: Task = {
      ...fields,
      id: `task-${this.#count}`,
      abort: new AbortController(),
      events: [],
      listeners: new EventEmitter<{ event: [TaskEvent] }>().setMaxListeners(0),
      state: 'queued',
      outcome: undefined,
      answer: null,
      steps: 0,
      costUsd: 0,
    };
    this.#tasks.set(task.id, task);
    this.#forgetOldest();
    return task;
  }

  get(id: string): Task | undefined {
    return this.#tasks.get(id);
  }

  unfinished(): readonly Task[] {
    return [...this.#tasks.values()].filter((task) => task.state !== 'finished');
  }

  forget(task: Task): void {
    this.#tasks.delete(task.id);
  }

  #forgetOldest(): void {
    const finished = [...this.#tasks.values()].filter((task) => task.state === 'finished');
    for (const task of finished.slice(0, Math.max(0, finished.length - this.#maxFinished))) this.forget(task);
  }
}
