import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli, temporaryFolder, type Ended } from './run-cli.js';

export const spec = `version: 1
service: { name: my-agent, owner: my-team }
metrics:
  runs_total: { type: counter, help: Runs., labels: [outcome] }
labels:
  outcome: { description: How it ended., values: [completed, failed] }
spans:
  agent.run: { description: A run., kind: internal, attributes: { question: { type: string, description: What was asked. } } }
  agent.step: { description: A step., kind: internal }
instrument:
  include: ['src/**/*.ts']
  rules:
    - match: { function: 'ask*', async: true, exported: true }
      span: agent.run
      attributes: { question: args.0 }
    - match: { class: '*Agent', method: 'run*' }
      span: agent.step
`;

export const files: Readonly<Record<string, string>> = {
  'src/ask.ts': `export async function ask(question: string): Promise<string> {
  return question.toUpperCase();
}
`,
  'src/agent.ts': `import { ask } from './ask.js';

export class WorkAgent {
  async runAll(tasks: readonly string[]): Promise<string[]> {
    return Promise.all(tasks.map((each) => ask(each)));
  }
}
`,
  'src/other.ts': `export const answer = 42;\n`,
};

function git(cwd: string, ...args: readonly string[]): void {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...who, ...args], { cwd, stdio: 'ignore' });
}

/** Commits all that stands in a workspace. */
export function commit(cwd: string): void {
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--allow-empty', '--message', 'state');
}

/** Puts files into a workspace. */
export function put(cwd: string, tree: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
}

const generated = new Map<string, Promise<string>>();

/** What a spec compiles to, built once for all workspaces of a test file. */
function generatedFor(text: string): Promise<string> {
  const known = generated.get(text);
  if (known !== undefined) return known;
  const cwd = mkdtempSync(join(tmpdir(), 'obs-gen-instrument-'));
  const built = (async () => {
    put(cwd, { 'observability.yaml': text });
    const { code, stderr } = await runCli(['build', '--quiet'], { cwd });
    if (code !== 0) throw new Error(stderr);
    return join(cwd, 'generated');
  })();
  generated.set(text, built);
  return built;
}

/** Removes what was built for the workspaces. */
export async function removeBuilt(): Promise<void> {
  for (const folder of generated.values()) rmSync(dirname(await folder), { recursive: true, force: true });
}

/** A repository with a spec that was built and some code, all of it committed. */
export async function workspace(
  tree: Readonly<Record<string, string>> = files,
  options: { readonly spec?: string; readonly git?: boolean } = {},
): Promise<string> {
  const cwd = temporaryFolder();
  put(cwd, { 'observability.yaml': options.spec ?? spec, 'package.json': '{ "type": "module" }\n', ...tree });
  cpSync(await generatedFor(options.spec ?? spec), join(cwd, 'generated'), { recursive: true });
  if (options.git !== false) {
    git(cwd, 'init', '--quiet');
    commit(cwd);
  }
  return cwd;
}

/** Runs the codemod in a workspace. */
export function instrument(cwd: string, ...args: readonly string[]): Promise<Ended> {
  return runCli(['instrument', ...args], { cwd });
}
