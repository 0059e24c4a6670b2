import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { typescriptHelpers } from '../../../../src/emit/typescript/emitter.js';
import { packageRoot } from '../../../../src/package-root.js';
import { compileRuntime } from '../../../aggregate/compiled-runtime.js';
import { modelOf } from '../../../support/model.js';
import { parseExposition } from '../../exposition.js';
import { FakeTools } from '../tool/fake-tool.js';
import { eventually } from '../../../support/eventually.js';

/** Real workers with the helpers of a real spec: one collector on the host, whoever asks. */
const tools = new FakeTools();
const runtime = compileRuntime('gpu-workers');
const folder = join(packageRoot, 'test', '.out', 'gpu-workers');

function compileHelpers(command: string): void {
  const model = modelOf(`version: 1
service: { name: workers, owner: tests }
presets: [gpu]
gpu: { collectors: { nvidia: { source: nvidia-smi, command: ${command}, interval: 1s } } }
`);
  for (const { path, content } of typescriptHelpers.files(model)) {
    if (!path.endsWith('.ts') || path.startsWith('runtime/')) continue;
    const { outputText } = ts.transpileModule(content, {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
    });
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText.replaceAll("'./runtime/", `'${runtime.folder}/`));
  }
}

interface Told {
  readonly page: string;
  readonly states: readonly { readonly up?: boolean; readonly devices: number }[];
  readonly ofMembers: readonly Told['states'][];
}

/** The next message; an error where the service ends instead. */
async function next(service: ChildProcess): Promise<unknown> {
  const told = await Promise.race([once(service, 'message'), once(service, 'exit').then(() => undefined)]);
  if (told === undefined) throw new Error('the service has ended');
  return told[0];
}

async function ask(service: ChildProcess, question: string): Promise<Told> {
  const answer = next(service);
  service.send(question);
  return (await answer) as Told;
}

let command: string;
beforeAll(() => {
  command = tools.tool('sound');
  compileHelpers(command);
});
afterAll(() => {
  tools.remove();
  runtime.remove();
  rmSync(folder, { recursive: true, force: true });
});

test.each(['processes', 'threads'])(
  'two %s and who has made them have one collector, and each device is on the page once',
  async (members) => {
    const before = tools.calls(command).length;
    const service = fork(join(import.meta.dirname, 'service.mjs'), {
      env: { PATH: process.env['PATH'], HELPERS: folder, RUNTIME: runtime.folder, MEMBERS: members },
      execArgv: [],
    });
    try {
      await next(service);
      const told = await eventually(async () => {
        const all = await ask(service, 'tell');
        expect(all.states).toMatchObject([{ up: true, devices: 2 }]);
        return all;
      }, 300);
      // Nobody else reads anything, however long it is there.
      expect(told.ofMembers).toMatchObject([[{ devices: 0 }], [{ devices: 0 }]]);
      const calls = tools.calls(command).slice(before);
      expect(calls.filter((call) => call.includes('--loop-ms'))).toHaveLength(1);
      expect(calls.filter((call) => call === '--help-query-gpu')).toHaveLength(1);
      const powers = parseExposition(told.page).filter(({ name }) => name === 'gpu_power_watts');
      expect(powers.map(({ labels, value }) => [labels.get('gpu'), value])).toEqual([
        ['0', 58.98],
        ['1', 58.98],
      ]);
    } finally {
      if (service.exitCode === null) {
        const ended = once(service, 'exit');
        service.send('end');
        await ended;
      }
    }
    await eventually(() => {
      expect(tools.left()).toEqual([]);
    });
  },
);
