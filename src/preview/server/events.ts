import type { ServerResponse } from 'node:http';
import { safeHeaders } from './answer.js';

/** More pages than this at a time are somebody's mistake. */
const most = 64;
/** A line for nobody now and then, in milliseconds, so that a connection that died is found out. */
const heartbeat = 15_000;

/** Tells the pages that are open when what they show has changed, by server-sent events. */
export class Events {
  readonly #open = new Set<ServerResponse>();
  readonly #timer = setInterval(() => {
    this.#write(': \n\n');
  }, heartbeat).unref();

  /** Keeps a response open; false where there are too many already. */
  add(response: ServerResponse, generation: number): boolean {
    if (this.#open.size >= most) return false;
    response.writeHead(200, { ...safeHeaders, 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.write(`retry: 1000\n${eventOf(generation)}`);
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
    return true;
  }

  tell(generation: number): void {
    this.#write(eventOf(generation));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const response of this.#open) response.end();
  }

  #write(text: string): void {
    for (const response of this.#open) response.write(text);
  }
}

function eventOf(generation: number): string {
  return `data: ${JSON.stringify({ generation })}\n\n`;
}
