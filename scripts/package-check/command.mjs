/* global AbortSignal, fetch */
import { execFile, spawn } from 'node:child_process';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is wrong with the package, in words. */
export class Fault extends Error {}

/**
 * The variables of the one who runs this stay outside, but for those that say where programs, certificates and the registry are: a
 * project that npm runs a script of hands its own settings down as npm_config_*.
 */
export function environment(more = {}) {
  const kept =
    /^(?:PATH|TMPDIR|LANG|(?:https?|all|no)_proxy|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|npm_config_(?:registry|cafile|proxy|https_proxy|noproxy|userconfig|cache))$/i;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name))), ...more };
}

const endOf = (text) => text.trim().split('\n').slice(-25).join('\n');

/**
 * Runs a command to its end.
 * @param status what it has to end with
 * @throws Fault where it ends otherwise, or takes longer than four minutes
 */
export async function run(command, args, { cwd, env = environment(), status = 0 }) {
  const ended = await new Promise((resolve) => {
    const options = { cwd, env, timeout: 240_000, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : (error.code ?? error.signal), stdout, stderr });
    });
    child.stdin.end();
  });
  if (ended.status !== status)
    throw new Fault(
      `\`${[command, ...args].join(' ')}\` ended with ${ended.status} and not with ${status}:\n${endOf(ended.stdout + ended.stderr)}`,
    );
  return ended;
}

/**
 * Starts a program that goes on, waits until what it writes has what is looked for, lets it be used, and ends it with SIGTERM.
 * @param use is given the match
 * @throws Fault where the text does not come
 */
export async function whileRunning(command, args, { cwd, env = environment(), says }, use) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk.toString('utf8');
    });
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      text += error.message;
      resolve();
    });
    child.on('close', resolve);
  });
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  try {
    const deadline = Date.now() + 30_000;
    let found = null;
    while ((found = says.exec(text)) === null) {
      if (isOver || Date.now() > deadline)
        throw new Fault(`\`${[command, ...args].join(' ')}\` does not say ${says}:\n${endOf(text)}`);
      await sleep(20);
    }
    return await use(found);
  } finally {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(kill);
  }
}

/** The answer of a running program. @throws Fault where it is no 200 */
export async function page(address) {
  const response = await fetch(address, { signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  if (!response.ok) throw new Fault(`${address} was answered with ${response.status}: ${endOf(text)}`);
  return text;
}
