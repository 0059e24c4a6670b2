import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { URL } from 'node:url';

/** What clients ask for, the ordinary most often; some bring the model into trouble, none starts a process. */
const tasks = [
  { task: 'How does a heat pump move heat?' },
  { task: 'What time is it?', agent: 'analyst' },
  { task: 'How fast does the power of wind grow?' },
  { task: 'How long do batteries shift electricity?', model: 'sage-small' },
  { task: 'In a hurry: what is herd immunity?' },
  { task: 'How do electric ferries charge?' },
  { task: 'During the outage: what is a burn rate?' },
  { task: 'Improperly: something that no provider answers' },
  { task: 'At great length: everything about vaccines' },
  { task: 'What does the law of Little say?' },
  { task: 'Stubbornly: the meaning of everything' },
  { task: 'Read the digest of this week' },
];

/** Clients that each send a request when the one before has ended, and remember exactly what they were answered. */
export class Load {
  #address;
  #agent = new Agent({ keepAlive: true });
  #running = [];
  #goesOn = false;
  #turn = 0;
  /** Requests that were sent, that were answered to their end, and what became of the others. */
  sent = 0;
  ended = 0;
  lost = [];
  /** `method route class` to the number of requests. */
  requests = new Map();
  /** `agent outcome` to the number of tasks. */
  outcomes = new Map();
  /** Tasks with a model that nobody knows, and with one of the service's. */
  strangeModels = 0;
  knownModels = 0;
  slowestMs = 0;

  constructor(address) {
    this.#address = new URL(address);
  }

  /** Tasks that have ended. */
  get tasks() {
    return [...this.outcomes.values()].reduce((sum, count) => sum + count, 0);
  }

  start(clients) {
    this.clients = Math.max(this.clients ?? 0, clients);
    this.#goesOn = true;
    this.#running = Array.from({ length: clients }, () => this.#client());
  }

  /** Sends nothing new, and resolves when everything that was sent has ended. */
  async pause() {
    this.#goesOn = false;
    await Promise.all(this.#running);
    this.#running = [];
  }

  async #client() {
    while (this.#goesOn) {
      this.#turn += 1;
      const turn = this.#turn;
      await this.#task(turn);
      // What a scanner asks for: paths, methods and values that never come twice.
      const noise = `${turn}-${Math.random().toString(36).slice(2)}`;
      await this.#plain('GET', `/nowhere/${noise}?x=${'y'.repeat(turn % 300)}`, 'GET __other__');
      if (turn % 5 === 0) await this.#plain('PROPFIND', '/tasks', '_OTHER /tasks');
      if (turn % 7 === 0) await this.#plain('POST', '/tasks', 'POST /tasks', '{ "task": ');
    }
  }

  async #task(turn) {
    const { task, agent = 'researcher', model } = tasks[turn % tasks.length];
    // Each third client makes a model up: with what breaks pages, labels and terminals.
    const attack = turn % 3 === 0;
    const made = `attack-${turn}-${Math.random()}"\\\n,{}=\u0000\u202e${'m'.repeat(turn % 500)}`;
    if (attack) this.strangeModels += 1;
    else if (model !== undefined) this.knownModels += 1;
    const body = JSON.stringify({ task, agent, model: attack ? made : model });
    const answer = await this.#send('POST', '/tasks', body, { accept: 'text/event-stream' });
    if (answer === undefined) return;
    this.#count(this.requests, `POST /tasks ${String(answer.status)[0]}xx`);
    if (answer.status !== 200) return;
    const end = /event: end\ndata: (\{.*\})\n\n$/.exec(answer.body)?.[1];
    if (end === undefined) this.lost.push(`a stream without an end: ${answer.body.slice(-100)}`);
    else this.#count(this.outcomes, `${agent} ${JSON.parse(end).outcome}`);
  }

  async #plain(method, path, as, body) {
    const answer = await this.#send(method, path, body);
    if (answer !== undefined) this.#count(this.requests, `${as} ${String(answer.status)[0]}xx`);
  }

  #count(counts, key) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }

  #send(method, path, body, headers = {}) {
    this.sent += 1;
    const { hostname: host, port } = this.#address;
    const began = performance.now();
    return new Promise((resolve) => {
      const failed = (error) => {
        this.lost.push(`${method} ${path.slice(0, 30)}: ${error.message}`);
        resolve(undefined);
      };
      const sent = request({
        host,
        port,
        method,
        path,
        agent: this.#agent,
        headers: { 'content-type': 'application/json', ...headers },
        timeout: 60_000,
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer within a minute')));
      sent.on('error', failed);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => (text += chunk));
        response.on('error', failed);
        response.on('end', () => {
          this.ended += 1;
          this.slowestMs = Math.max(this.slowestMs, performance.now() - began);
          resolve({ status: response.statusCode, body: text });
        });
      });
      sent.end(body);
    });
  }
}
