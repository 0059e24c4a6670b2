import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port on loopback that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A program that serves HTTP on loopback while a test runs; it does not outlive the process of the test. */
export class RunningProgram {
  readonly address: string;
  readonly #child: ChildProcess;
  #log = '';

  private constructor(child: ChildProcess, address: string) {
    this.#child = child;
    this.address = address;
    child.stderr?.on('data', (chunk: Buffer) => (this.#log = `${this.#log}${chunk.toString()}`.slice(-4000)));
    process.once('exit', this.#kill);
  }

  /**
   * Starts a program and waits until it says that it is ready, as Prometheus and Alertmanager do under `/-/ready`.
   * @param args what it is started with, given where it has to listen: `127.0.0.1:34567`
   */
  static async start(program: string, args: (listen: string) => readonly string[]): Promise<RunningProgram> {
    const listen = `127.0.0.1:${await freePort()}`;
    const child = spawn(program, args(listen), { stdio: ['ignore', 'ignore', 'pipe'] });
    child.on('error', () => undefined);
    const running = new RunningProgram(child, `http://${listen}`);
    try {
      await running.#waitUntilReady();
    } catch (error) {
      await running.stop();
      throw new Error(`${program} did not start:\n${running.#log}`, { cause: error });
    }
    return running;
  }

  /** An answer in JSON. */
  async get(path: string): Promise<unknown> {
    const response = await fetch(`${this.address}${path}`);
    if (!response.ok)
      throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
    return response.json();
  }

  /** What it wrote to standard error last. */
  get log(): string {
    return this.#log;
  }

  /** Ends the program. */
  async stop(): Promise<void> {
    process.off('exit', this.#kill);
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null)
      return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await exited;
    clearTimeout(kill);
  }

  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };

  async #waitUntilReady(): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (Date.now() < deadline) {
      if (this.#child.exitCode !== null || this.#child.pid === undefined) throw new Error('it has ended');
      const response = await fetch(`${this.address}/-/ready`).catch(() => undefined);
      if (response?.ok === true) return;
      await sleep(50);
    }
    throw new Error('it is not ready in time');
  }
}
