import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ask, type Answers } from '../../src/cli/init/questions.js';
import type { InitArguments } from '../../src/cli/init/arguments.js';
import type { FolderFacts } from '../../src/init/folder-facts.js';

const facts: FolderFacts = {
  root: '/shop',
  packageText: undefined,
  packageName: 'checkout-api',
  isModule: true,
  dependencies: new Set(['express']),
  packageManager: 'npm',
  owner: undefined,
  ownerFrom: undefined,
  gitRoot: undefined,
  ci: 'none',
};
const nothing: InitArguments = {
  folder: '.',
  preset: undefined,
  name: undefined,
  owner: undefined,
  'from-metrics': undefined,
  'from-code': undefined,
  ci: undefined,
  'package-manager': undefined,
  editor: 'none',
  yes: undefined,
  'dry-run': undefined,
};

/** Answers the questions one after the other as they are asked; the input ends behind the last answer. */
async function answered(
  replies: readonly string[],
  args: InitArguments = nothing,
): Promise<{
  readonly answers: Promise<Answers>;
  readonly shown: () => string;
  readonly interrupts: () => number;
}> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  let interrupts = 0;
  const left = [...replies];
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    if (!shown.endsWith(': ')) return;
    const next = left.shift();
    // In the next turn: the question is only then being listened for.
    setImmediate(() => {
      if (next === undefined) input.end();
      else input.write(next);
    });
  });
  const answers = ask(facts, args, false, {
    ...{ input, output, terminal: replies.some((each) => each === '\u0003') },
    interrupt: () => {
      interrupts += 1;
    },
  });
  await answers.catch(() => undefined);
  return { answers, shown: () => shown, interrupts: () => interrupts };
}

describe('the questions of init', () => {
  it('take what is proposed for an empty answer', async () => {
    const { answers } = await answered(['\n', '\n', '\n', '\n']);
    expect(await answers).toMatchObject({ name: 'checkout-api', owner: undefined, ci: 'none' });
    expect((await answers).presets).toContain('http');
  });

  it('are asked again where the answer is none', async () => {
    const replies = ['9bad\n', 'shop\n', 'payments\n', 'nope\n', 'none\n', 'jenkins\n', 'github\n'];
    const { answers, shown } = await answered(replies);
    expect(await answers).toEqual({ name: 'shop', owner: 'payments', presets: [], ci: 'github' });
    expect(shown()).toContain('`9bad` is no name of a service');
    expect(shown()).toContain('there is no preset nope');
    expect(shown()).toContain('`jenkins` is none of github, gitlab, none');
  });

  it('are not asked where an argument answers', async () => {
    const { answers, shown } = await answered(['\n'], {
      ...nothing,
      name: 'shop',
      preset: ['node'],
      ci: 'none',
    });
    expect(await answers).toEqual({ name: 'shop', owner: undefined, presets: ['node'], ci: 'none' });
    expect(shown().match(/: /g)).toHaveLength(1);
  });

  it('come to nothing where the input ends, which is no fault of obs-gen', async () => {
    const { answers, interrupts } = await answered(['shop\n', 'payments\n']);
    await expect(answers).rejects.toThrow('the questions were not answered, and nothing was written');
    expect(interrupts()).toBe(0);
  });

  it('are ended by Ctrl-C as any program is', async () => {
    const { answers, interrupts } = await answered(['\u0003']);
    await expect(answers).rejects.toThrow('nothing was written');
    expect(interrupts()).toBe(1);
  });
});
