/** An event of a task, as it streams. */
export interface TaskEvent {
  readonly type: string;
  readonly text?: string;
  readonly tool?: string;
  readonly ok?: boolean;
  readonly outcome?: string;
  readonly answer?: string | null;
}

/** What the service says of a task. */
export interface TaskView {
  readonly id: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly answer: string | null;
  readonly steps: number;
  readonly costUsd: number;
}

/** A task that has ended. */
export interface EndedTask {
  readonly id: string;
  readonly events: readonly TaskEvent[];
  readonly outcome: string | undefined;
  readonly answer: string | null | undefined;
}

const json = { 'content-type': 'application/json' };

/** A scraped page, and the format that it is in. */
export interface Scrape {
  readonly type: string;
  readonly body: string;
}

/** Scrapes the service in a format that it may choose by what is accepted. */
export async function scrape(address: string, accept: string): Promise<Scrape> {
  const response = await fetch(`${address}/metrics`, { headers: { accept } });
  return { type: response.headers.get('content-type') ?? '', body: await response.text() };
}

/** Sends a task and reads the stream of its events to the end. */
export async function streamTask(address: string, body: object): Promise<EndedTask> {
  const response = await fetch(`${address}/tasks`, {
    method: 'POST',
    headers: { ...json, accept: 'text/event-stream' },
    body: JSON.stringify(body),
  });
  if (response.status !== 200) throw new Error(`the service answered ${response.status}`);
  if (response.headers.get('content-type') !== 'text/event-stream') throw new Error('no stream of events');
  const events = parseEvents(await response.text());
  const end = events.at(-1);
  return { id: response.headers.get('x-task-id') ?? '', events, outcome: end?.outcome, answer: end?.answer };
}

/** Sends a task without waiting for it. */
export async function postTask(address: string, body: object): Promise<Response> {
  return fetch(`${address}/tasks`, { method: 'POST', headers: json, body: JSON.stringify(body) });
}

export async function viewTask(
  address: string,
  id: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<TaskView> {
  return (await (await fetch(`${address}/tasks/${id}`, { headers })).json()) as TaskView;
}

/** Asks again and again until something holds; throws when it does not within ten seconds. */
export async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`it did not happen in time: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The events of a finished stream; throws where it is not in the form of server-sent events. */
function parseEvents(text: string): readonly TaskEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const match = /^event: (?<type>\w+)\ndata: (?<data>.+)$/.exec(block);
      if (match === null) throw new Error(`no event: ${block}`);
      const event = JSON.parse(match.groups?.['data'] ?? '') as TaskEvent;
      if (event.type !== match.groups?.['type']) throw new Error(`the event's type does not fit: ${block}`);
      return event;
    });
}
