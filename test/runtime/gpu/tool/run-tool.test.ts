import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { ChildProcess, Spawn } from '../../../../src/runtime/gpu/tool/child-process.js';
import { runTool } from '../../../../src/runtime/gpu/tool/run-tool.js';
import type { ToolResult } from '../../../../src/runtime/gpu/tool/run-tool.js';
import { ToolProcess } from '../../../../src/runtime/gpu/tool/tool-process.js';
import { FakeTools } from './fake-tool.js';
import { pace } from '../../../support/pace.js';

const tools = new FakeTools();
afterAll(() => {
  tools.remove();
});

interface Run {
  readonly result: ToolResult;
  /** Seconds until no process was left. */
  readonly goneAfter: number | undefined;
  readonly isStuck: boolean;
}

/** Runs it to its end, or to `patience` seconds after it was cut off. */
function run(
  program: string,
  limits: { timeout?: number; mostCharacters?: number; spawn?: Spawn; parameters?: string[] } = {},
): Promise<Run> {
  const { timeout = 5, mostCharacters = 100_000, spawn, parameters = [] } = limits;
  const started = performance.now();
  return new Promise((resolve) => {
    let result: ToolResult | undefined;
    const end = (isStuck: boolean): void => {
      if (result === undefined) throw new Error('it was over before it was done');
      const goneAfter = isStuck ? undefined : (performance.now() - started) / 1000;
      resolve({ result, goneAfter, isStuck });
    };
    runTool(
      { program, parameters },
      { timeout, mostCharacters },
      {
        done: (each) => {
          expect(result).toBeUndefined();
          result = each;
        },
        stuck: () => {
          end(true);
        },
        gone: () => {
          end(false);
        },
      },
      spawn,
    );
  });
}

describe('a tool that is run once', () => {
  afterEach(async () => {
    // The tool is gone; what it had started has been killed with it, and the kernel may not have come to it yet.
    await expect.poll(() => tools.left()).toEqual([]);
  });

  it('says what it said on both outputs and how it ended', async () => {
    const { result } = await run(tools.program('echo figures; echo trouble >&2; exit 3'));
    expect(result).toMatchObject({ output: 'figures\n', errorOutput: 'trouble\n', exitCode: 3 });
    expect(result.cutOff).toBeUndefined();
    expect(result.seconds).toBeGreaterThan(0);
  });

  it('is given its parameters as they are, by no shell', async () => {
    const parameters = ['a b', '$HOME', '; echo c', "'", '*'];
    const { result } = await run(tools.program('printf "%s\\n" "$@"'), { parameters });
    expect(result.output).toBe(`${parameters.join('\n')}\n`);
  });

  it.each([
    ['is missing', () => '/nowhere/nvidia-smi', 'ENOENT'],
    ['is no program', () => tools.folder, 'EACCES'],
    ['has a name that no file can have', () => 'nvidia\0smi', 'ERR_INVALID_ARG_VALUE'],
  ])('says so where it %s', async (_, program, code) => {
    const { result } = await run(program());
    expect(result.startError).toBe(code);
    expect(result.exitCode).toBeUndefined();
  });

  it('is cut off at its timeout, and gone soon', async () => {
    const { result, goneAfter } = await run(tools.tool('sleeps'), { timeout: 0.5 });
    expect(result.cutOff).toBe('timeout');
    expect(result.seconds).toBeGreaterThanOrEqual(0.5);
    expect(result.seconds).toBeLessThan(0.5 + pace());
    expect(goneAfter).toBeLessThan(2 * pace());
  });

  it('is killed where it does not listen, and its children with it', async () => {
    const { result } = await run(tools.tool('ignores SIGTERM'), { timeout: 0.5 });
    expect(result.cutOff).toBe('timeout');
    // Told at once, before anything is known of its end.
    expect(result.signal).toBeUndefined();
  });

  it.each(['floods', 'floods standard error'] as const)('is cut off where it %s', async (behaviour) => {
    const { result } = await run(tools.tool(behaviour));
    expect(result.cutOff).toBe('output');
    expect(result.output.length + result.errorOutput.length).toBeLessThan(200_000);
  });

  it('is not waited for where another process keeps its pipe', async () => {
    const { result, goneAfter } = await run(tools.program('sleep 1000 & echo figures'));
    expect(result).toMatchObject({ output: 'figures\n', exitCode: 0 });
    expect(goneAfter).toBeLessThan(3 * pace());
  });

  it('is told to end by who has started it', async () => {
    const result = await new Promise<ToolResult>((resolve) => {
      const end = runTool(
        { program: tools.tool('sleeps'), parameters: [] },
        { timeout: 60, mostCharacters: 1000 },
        { done: resolve, stuck: () => undefined, gone: () => undefined },
      );
      setTimeout(end, 300);
    });
    expect(result).toMatchObject({ signal: 'SIGTERM' });
  });
});

describe('a tool that floods', () => {
  it('is read piece by piece, one in a turn of the event loop', async () => {
    let turn = 0;
    let isOver = false;
    const count = (): void => {
      turn += 1;
      if (!isOver) setImmediate(count);
    };
    count();
    const turns: number[] = [];
    const sizes: number[] = [];
    await new Promise<void>((resolve) => {
      const tool = new ToolProcess(
        { program: tools.tool('floods'), parameters: [] },
        {
          output(text) {
            turns.push(turn);
            sizes.push(text.length);
            if (turns.length === 30) tool.stop();
          },
          errorOutput: () => undefined,
          stuck: () => undefined,
          ended: () => {
            resolve();
          },
        },
      );
    });
    isOver = true;
    expect(Math.max(...sizes)).toBeLessThanOrEqual(65_536);
    // The first piece is followed by the second at the end of the same turn.
    expect(new Set(turns).size).toBeGreaterThanOrEqual(turns.length - 1);
  });

  it('is read to its end where the service is busy and it has ended already', async () => {
    const program = tools.program("head -c 2000000 /dev/zero | tr '\\0' x; exit 0");
    const busy = setInterval(() => {
      const until = performance.now() + 30;
      while (performance.now() < until);
    }, 1);
    const { result } = await run(program, { timeout: 20, mostCharacters: 3_000_000 });
    clearInterval(busy);
    expect(result.cutOff).toBeUndefined();
    expect(result.output).toHaveLength(2_000_000);
  });
});

describe('a tool that the driver holds', () => {
  it('is given up', async () => {
    const exits: (() => void)[] = [];
    const events: string[] = [];
    // A process in an uninterruptible wait cannot be made without a broken driver: this one is never told to have ended.
    const spawn: Spawn = () => {
      const pipe = {
        setEncoding: () => undefined,
        pause: () => undefined,
        resume: () => undefined,
        on: () => undefined,
        destroy: () => events.push('pipe closed'),
      };
      const child: ChildProcess = {
        stdout: pipe,
        stderr: pipe,
        kill: () => true,
        unref: () => undefined,
        on: (event: string, listener: (...values: never[]) => void) => {
          if (event === 'exit') exits.push(listener);
        },
      };
      return child;
    };
    const { isStuck, result } = await run('nvidia-smi', { timeout: 0.1, spawn });
    expect(result.cutOff).toBe('timeout');
    expect(isStuck).toBe(true);
    expect(events).toEqual(['pipe closed', 'pipe closed']);
    expect(exits).toHaveLength(1);
  });
});
