import type { Board } from '../board.js';
import type { ServerState } from './context.js';

async function json(path: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(path, signal === undefined ? {} : { signal });
  if (!response.ok) {
    const text = await response.text();
    let reason = text;
    try {
      reason = (JSON.parse(text) as { readonly reason?: string }).reason ?? text;
    } catch {
      // Then the text is the reason.
    }
    throw new Error(`${path}: ${reason || `status ${response.status}`}`);
  }
  return response.json();
}

export async function serverState(): Promise<ServerState> {
  return (await json('/api/state')) as ServerState;
}

export async function dashboardNamed(name: string): Promise<Board> {
  return (await json(`/api/dashboards/${encodeURIComponent(name)}`)) as Board;
}

/** Tells of each new state of the spec. A connection that breaks is taken up again by the browser. */
export function watchGenerations(known: number, tell: (generation: number) => void): EventSource {
  let last = known;
  const source = new EventSource('/api/events');
  source.addEventListener('message', (event: MessageEvent<string>) => {
    const { generation } = JSON.parse(event.data) as { readonly generation: number };
    if (generation === last) return;
    last = generation;
    tell(generation);
  });
  return source;
}
