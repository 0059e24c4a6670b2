import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { environment, Fault, run } from './command.mjs';

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** What npm installs with: no script of any package, no question, no advertisement, what is in the cache first. */
export const npmArguments = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
  '--loglevel',
  'error',
];

/** A clean home, so that nothing of the user's settings has a say; the cache of packages is the user's. */
export async function homeIn(folder) {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const { stdout } = await run('npm', ['config', 'get', 'cache'], { cwd: folder });
  const cache = stdout.trim().split('\n').at(-1);
  return environment({
    HOME: home,
    npm_config_cache: cache,
    npm_config_update_notifier: 'false',
    NO_COLOR: '1',
  });
}

/** What npm has put into a project, without the project itself. */
export function packagesOf(project) {
  const { packages } = json(join(project, 'node_modules/.package-lock.json'));
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  const scripted = installed.filter(([, each]) => each.hasInstallScript === true).map(([path]) => path);
  return { count: installed.length, scripted };
}

/** The program as it is installed in a project, for Node; what `npx` starts. */
export const mainOf = (project) => join(project, 'node_modules/obs-gen/dist/cli/main.js');

/**
 * The commands that a project needs from the first day, in a folder of its own.
 * @param project where the package is installed
 * @param start runs a command, as `run` does
 * @param hasPromtool whether rules can be tested
 */
export async function useCommands(project, start, env, hasPromtool) {
  const cwd = join(project, 'offline');
  mkdirSync(cwd);
  const obsGen = (...args) => start(process.execPath, [mainOf(project), ...args], { cwd, env });
  const { version } = json(join(project, 'node_modules/obs-gen/package.json'));
  const said = (await obsGen('--version')).stdout.trim();
  if (said !== version) throw new Fault(`--version says ${said}, and the package is ${version}`);
  await obsGen('init', '--yes');
  await obsGen('validate', '--strict');
  await obsGen('build', '--check', '--strict');
  if (hasPromtool) await obsGen('test', '--only', '^alerts\\.TelemetryStopped$');
  const spec = join(cwd, 'observability.yaml');
  const wrong = readFileSync(spec, 'utf8').replace('[task_kind, task_outcome]', '[task_kind, task_outcom]');
  writeFileSync(spec, wrong);
  const { stderr } = await start(process.execPath, [mainOf(project), 'validate'], { cwd, env, status: 1 });
  if (!stderr.includes('did you mean `task_outcome`?'))
    throw new Fault(`a mistake in the spec ends without a word about it:\n${stderr}`);
}
