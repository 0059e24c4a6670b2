import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OutputFile } from '../../src/emit/emitter.js';
import { runBuild, type BuildResult, type ChildOptions } from '../output/support/child.js';
import { compileOutput } from '../output/support/compiled.js';
import { filesOf } from '../output/support/files.js';
import { scratchFolder } from '../output/support/scratch.js';
import { readTree } from '../support/directory.js';

const scratch = scratchFolder('refusal');
const compiled = compileOutput(join(scratch, 'compiled'));
const isRoot = process.getuid?.() === 0;
/** Root may write anywhere, so the builds of these tests run as nobody. */
const user = isRoot ? 65_534 : undefined;
let out = '';
let count = 0;
beforeEach(() => {
  count += 1;
  out = join(scratch, `out-${count}`);
  mkdirSync(out);
  if (user !== undefined) chownSync(out, user, user);
});

function build(files: readonly OutputFile[], options: ChildOptions = {}): Promise<BuildResult> {
  return runBuild(compiled, { out, files }, { user, ...options });
}

/** One diagnostic, exit code 2, the path and the error's name in its message. */
function expectRefused(result: BuildResult, errno: string, path: string): void {
  expect([result.codes, result.code, result.stderr]).toEqual([['OBS4107'], 2, '']);
  expect(result.messages[0]).toContain(`(${errno})`);
  expect(result.messages[0]).toContain(`\`${path}`);
}

describe('without permission', () => {
  it('to write to the output directory nothing changes', async () => {
    await build(filesOf(1, 8));
    const before = readTree(out);
    chmodSync(out, 0o555);
    expectRefused(await build(filesOf(2, 8)), 'EACCES', out);
    expect(readTree(out)).toEqual(before);
    chmodSync(out, 0o755);
    expect((await build(filesOf(2, 8))).code).toBe(0);
  });

  it('to write to one folder of many nothing changes anywhere', async () => {
    await build(filesOf(1, 8));
    const before = readTree(out);
    chmodSync(join(out, 'part-5'), 0o555);
    expectRefused(await build(filesOf(2, 8)), 'EACCES', `${out}/part-5`);
    expect(readTree(out)).toEqual(before);
    chmodSync(join(out, 'part-5'), 0o755);
    expect((await build(filesOf(2, 8))).code).toBe(0);
  });

  it('to remove from one folder nothing changes anywhere', async () => {
    await build(filesOf(1, 8));
    const before = readTree(out);
    chmodSync(join(out, 'part-5'), 0o555);
    expectRefused(await build(filesOf(2, 5)), 'EACCES', `${out}/part-5`);
    expect(readTree(out)).toEqual(before);
    chmodSync(join(out, 'part-5'), 0o755);
  });

  it('to read a file nothing changes', async () => {
    await build(filesOf(1, 8));
    const file = join(out, 'part-1', 'file-1.txt');
    chmodSync(file, 0);
    expectRefused(await build(filesOf(2, 8)), 'EACCES', file);
    chmodSync(file, 0o644);
  });

  it('to make the output directory nothing is left', async () => {
    chmodSync(out, 0o555);
    const inside = join(out, 'new', 'generated');
    const result = await runBuild(compiled, { out: inside, files: filesOf(1, 3) }, { user });
    expectRefused(result, 'EACCES', inside);
    chmodSync(out, 0o755);
    expect(readTree(out).size).toBe(0);
  });

  it('a file that may not be written is replaced all the same, where its folder allows it', async () => {
    await build(filesOf(1, 8));
    chmodSync(join(out, 'part-1', 'file-1.txt'), 0o444);
    expect((await build(filesOf(2, 8))).code).toBe(0);
  });
});

describe('where something is not as it should be', () => {
  it('a file in place of the output directory is named', async () => {
    const file = join(out, 'file');
    writeFileSync(file, 'mine\n');
    const result = await runBuild(compiled, { out: file, files: filesOf(1, 3) }, { user });
    expectRefused(result, 'ENOTDIR', file);
    expect(readFileSync(file, 'utf8')).toBe('mine\n');
  });

  it('too many open files are a diagnostic', async () => {
    const preload = join(scratch, 'exhaust.mjs');
    writeFileSync(
      preload,
      `import { openSync } from 'node:fs';
globalThis.beforeApply = () => {
  try {
    for (;;) openSync('/dev/null');
  } catch {}
};
`,
    );
    const result = await build(filesOf(1, 3), { preload, shell: 'ulimit -n 100; exec "$@"' });
    expectRefused(result, 'EMFILE', out);
    expect(readTree(out).size).toBe(0);
    expect((await build(filesOf(1, 3))).code).toBe(0);
  });
});

/** A file system of its own in a namespace that ends with the build: nothing is left to unmount. */
const canMount =
  spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', '/mnt'], {
    stdio: 'ignore',
  }).status === 0;
const why = canMount ? '' : ' (skipped: needs unshare and mount)';

describe('on a small file system', () => {
  /** Runs the first build, then a second one in the same namespace after `between`, and shows the trees of both. */
  async function inNamespace(
    size: string,
    between: string,
    second: readonly OutputFile[],
  ): Promise<{
    readonly result: BuildResult;
    readonly before: Map<string, string>;
    readonly after: Map<string, string>;
  }> {
    const request = join(scratch, `request-${count}.json`);
    writeFileSync(request, JSON.stringify({ out, files: filesOf(1, 20) }));
    const copies = ['before', 'after'].map((name) => join(scratch, `${name}-${count}`));
    const script = `mount -t tmpfs -o size=${size},mode=777 tmpfs ${out} || exit 9
"$@" < ${request} > /dev/null || exit 8
cp -r ${out} ${copies[0] ?? ''}
${between}
"$@"
code=$?
cp -r ${out} ${copies[1] ?? ''}
exit $code`;
    const result = await runBuild(
      compiled,
      { out, files: second },
      { shell: `exec unshare -rm sh -c '${script.replaceAll("'", `'\\''`)}' sh "$@"` },
    );
    const [before = '', after = ''] = copies;
    return { result, before: readTree(before), after: readTree(after) };
  }

  it.skipIf(!canMount)(`a full disk leaves the old tree as it was, byte for byte${why}`, async () => {
    const large = filesOf(2, 20).map(({ path, content }) => ({ path, content: content.repeat(30) }));
    const { result, before, after } = await inNamespace('600k', ':', large);
    expectRefused(result, 'ENOSPC', out);
    expect(before.size).toBe(21);
    expect(after).toEqual(before);
  });

  it.skipIf(!canMount)(`there may be room for the old tree and the new one${why}`, async () => {
    const { result, after } = await inNamespace('2m', ':', filesOf(2, 20));
    expect([result.code, result.codes]).toEqual([0, []]);
    expect(after.get(filesOf(2, 20)[1]?.path ?? '')).toBe(filesOf(2, 20)[1]?.content);
  });

  it.skipIf(!canMount)(
    `a read-only file system is named, and nothing to do is still fine${why}`,
    async () => {
      const remount = `mount -o remount,ro ${out} || exit 7`;
      const { result, before, after } = await inNamespace('2m', remount, filesOf(2, 20));
      expectRefused(result, 'EROFS', out);
      expect(after).toEqual(before);
      count += 1;
      const same = await inNamespace('2m', remount, filesOf(1, 20));
      expect([same.result.code, same.result.codes, same.result.written]).toEqual([0, [], []]);
    },
  );
});
