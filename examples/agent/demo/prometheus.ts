import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryFolder } from '../paths.js';

/** Health of the rules that Prometheus has loaded. */
export interface RuleHealth {
  readonly groups: number;
  readonly ok: number;
  /** Rules that Prometheus could not evaluate, with what it said. */
  readonly failing: readonly string[];
  /** Rules that it has not come to yet. */
  readonly pending: number;
  readonly firing: readonly string[];
}

interface RulesAnswer {
  readonly data: {
    readonly groups: readonly {
      /** RFC 3339; the year 1 before the first time. */
      readonly lastEvaluation: string;
      readonly rules: readonly {
        readonly name: string;
        readonly health: 'ok' | 'err' | 'unknown';
        readonly lastError?: string;
        readonly state?: string;
        readonly labels?: Readonly<Record<string, string>>;
      }[];
    }[];
  };
}

interface QueryAnswer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [number, string];
    }[];
  };
}

/** Where the program is; undefined where it is not installed. */
export function findPrometheus(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'prometheus'))
    .find((path) => existsSync(path));
}

/** Where the generated rules lie. */
const rulesFolder = join(repositoryFolder, 'generated', 'prometheus', 'rules');

/** A Prometheus of one's own on loopback, with the generated rules, that scrapes one address each second. */
export class Prometheus {
  readonly address: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(address: string, child: ChildProcess, folder: string) {
    this.address = address;
    this.#child = child;
    this.#folder = folder;
    process.once('exit', this.#kill);
  }

  static async start(program: string, target: string): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-prometheus-'));
    const config = join(folder, 'prometheus.json');
    // JSON is YAML too, and needs no quoting rules of its own.
    writeFileSync(config, JSON.stringify(configFor(target, folder)));
    copyRules(folder);
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      program,
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => (log = `${log}${chunk.toString()}`.slice(-2000)));
    const prometheus = new Prometheus(`http://${address}`, child, folder);
    try {
      await prometheus.#waitUntilReady();
    } catch (error) {
      await prometheus.stop();
      throw new Error(`prometheus did not start:\n${log}`, { cause: error });
    }
    return prometheus;
  }

  /** An instant query: the labels and the value of each series. */
  async query(
    expr: string,
  ): Promise<readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]> {
    const answer = (await this.#get(`/api/v1/query?query=${encodeURIComponent(expr)}`)) as QueryAnswer;
    return answer.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  async rules(): Promise<RuleHealth> {
    const groups = await this.#groups();
    const rules = groups.flatMap((group) => group.rules);
    return {
      groups: groups.length,
      ok: rules.filter((rule) => rule.health === 'ok').length,
      failing: rules
        .filter((rule) => rule.health === 'err')
        .map((rule) => `${rule.name}: ${rule.lastError ?? ''}`),
      pending: rules.filter((rule) => rule.health === 'unknown').length,
      // The heartbeat, which always fires, is nobody's concern.
      firing: rules
        .filter(({ state, labels }) => state === 'firing' && labels?.['severity'] !== 'none')
        .map((rule) => rule.name),
    };
  }

  /** Waits until a query has a result; returns whether it got one in time. */
  async waitFor(expr: string, timeoutMs: number): Promise<boolean> {
    return poll(timeoutMs, async () => (await this.query(expr)).length > 0);
  }

  /** Waits until each group of rules has been evaluated once more. */
  async waitForEvaluation(timeoutMs: number): Promise<void> {
    const since = Date.now();
    await poll(timeoutMs, async () =>
      (await this.#groups()).every(({ lastEvaluation }) => Date.parse(lastEvaluation) > since),
    );
  }

  /** Waits until every rule has been evaluated. */
  async waitForRules(timeoutMs: number): Promise<RuleHealth> {
    await poll(timeoutMs, async () => (await this.rules()).pending === 0);
    return this.rules();
  }

  /** For the case that this process ends without stop(): nothing may be left running. */
  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  };

  /** Ends the process and removes its data. */
  async stop(): Promise<void> {
    process.off('exit', this.#kill);
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const kill = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(kill);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #waitUntilReady(): Promise<void> {
    const isReady = await poll(120_000, async () => {
      if (this.#child.exitCode !== null) throw new Error('it has ended');
      const response = await fetch(`${this.address}/-/ready`).catch(() => undefined);
      return response?.ok === true;
    });
    if (!isReady) throw new Error('it is not ready in time');
  }

  async #groups(): Promise<RulesAnswer['data']['groups']> {
    return ((await this.#get('/api/v1/rules')) as RulesAnswer).data.groups;
  }

  async #get(path: string): Promise<unknown> {
    const response = await fetch(`${this.address}${path}`);
    if (!response.ok)
      throw new Error(`prometheus answered ${response.status} to ${path}: ${await response.text()}`);
    return response.json();
  }
}

/** Copies the generated rules. They are evaluated each second, so that nobody has to wait for the minutes of their own intervals. */
function copyRules(folder: string): void {
  const names = existsSync(rulesFolder) ? readdirSync(rulesFolder) : [];
  for (const name of names.filter((each) => each.endsWith('.yaml'))) {
    const rules = readFileSync(join(rulesFolder, name), 'utf8');
    writeFileSync(join(folder, name), rules.replaceAll(/^( +interval: ).+$/gm, '$11s'));
  }
}

function configFor(target: string, folder: string): object {
  return {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [join(folder, '*.yaml')],
    scrape_configs: [{ job_name: 'research-agent', static_configs: [{ targets: [new URL(target).host] }] }],
  };
}

/** Asks until the answer is yes, or the time is up. */
async function poll(timeoutMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (await holds()) return true;
    await sleep(100);
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
