import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository, runCli, temporaryFolder } from './run-cli.js';

const readme = readFileSync(join(repository, 'README.md'), 'utf8');

/** The first fenced block of a language that has a piece of text in it. */
function block(language: string, piece: string): string {
  const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const found = blocks.find(([, name, text]) => name === language && text?.includes(piece) === true)?.[2];
  if (found === undefined) throw new Error(`the README has no ${language} block with ${piece}`);
  return found;
}

describe('the README', () => {
  const first = block('yaml', 'service: { name: checkout');

  it('begins with a spec that compiles without a word', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'observability.yaml'), first);
    expect(await runCli(['build'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });

  it('shows a mistake in it as it is printed', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'observability.yaml'), first.replace('{outcome=', '{outcom='));
    const { code, stderr } = await runCli(['validate'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toBe(block('', 'error[OBS'));
  });
});
