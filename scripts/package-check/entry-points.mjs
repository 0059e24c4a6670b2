import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { mainOf } from './consumer.mjs';
import { Fault, run } from './command.mjs';

const spec = `version: 1
service: { name: project }
labels:
  kind: { description: Kind of the task., registered: true, cap: 5 }
  outcome: { description: How it ended., values: [completed, failed] }
metrics:
  project_tasks_total: { type: counter, help: Tasks finished., labels: [kind, outcome] }
spans:
  task.run:
    kind: internal
    attributes: { kind: { label: kind } }
    record: { count: project_tasks_total }
    outcome: { label: outcome, ok: completed, error: failed }
target: { typescript: { runtime: package } }
`;

const compilerOptions = {
  target: 'es2023',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  types: ['node'],
  resolveJsonModule: true,
};

/** A program that imports everything that the package exports, and uses helpers that import the package's own runtime. */
function programOf(specifiers, form) {
  const imports = specifiers
    .map((specifier, index) => `import * as entry${index} from '${specifier}';`)
    .join('\n');
  const names = specifiers.map((_, index) => `entry${index}`).join(', ');
  return `${imports}
import schema from 'obs-gen/schema.json' with { type: 'json' };
import { labels, metrics, spans } from './generated/index.js';
import { register } from 'prom-client';

labels.kind.register(['one']);
async function main(): Promise<void> {
  await spans.taskRun({ kind: 'one' }, async () => {});
  metrics.projectTasksTotal.inc({ kind: 'one', outcome: 'completed' });
  const page = await register.metrics();
  if (!page.includes('project_tasks_total{kind="one",outcome="completed"} 2')) throw new Error(page);
  const empty = [${names}].filter((entry) => Object.keys(entry).length === 0);
  if (empty.length > 0) throw new Error('an entry point exports nothing');
  console.log('${form}', [${names}].length, schema.title);
}
void main();
`.replace(form === 'commonjs' ? " with { type: 'json' }" : /$^/, '');
}

/** What Node 20 says of `require` of a module, and of JSON as one. */
const experimental = /.*(?:ExperimentalWarning|--trace-warnings).*\n/g;

/**
 * Every entry point of the runtime with its types, in a module and in CommonJS, which requires what is ESM; the declarations themselves are
 * looked at, too.
 * @param project where the package, its peers and a compiler are installed
 * @returns how many entry points there are
 */
export async function checkEntryPoints(project, env) {
  const { exports } = JSON.parse(readFileSync(join(project, 'node_modules/obs-gen/package.json'), 'utf8'));
  // The matcher's own types are Vitest's, which nobody needs to run a service.
  const specifiers = Object.keys(exports)
    .filter((path) => path.startsWith('./runtime'))
    .map((path) => `obs-gen${path.slice(1)}`);
  for (const form of ['module', 'commonjs']) {
    const folder = join(project, 'entry-points', form);
    mkdirSync(folder, { recursive: true });
    const file = (name, text) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const build = ['build', '--spec', file('observability.yaml', spec), '--out', join(folder, 'generated')];
    await run(process.execPath, [mainOf(project), ...build], { cwd: project, env });
    file('package.json', JSON.stringify({ type: form }));
    file('main.ts', programOf(specifiers, form));
    file('tsconfig.json', JSON.stringify({ compilerOptions, include: ['.'] }));
    const tsc = join(project, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [tsc, '-p', folder], { cwd: project, env });
    const { stdout, stderr } = await run(process.execPath, ['main.js'], { cwd: folder, env });
    if (!stdout.startsWith(`${form} ${specifiers.length} `) || stderr.replaceAll(experimental, '') !== '')
      throw new Fault(`as ${form}, the entry points end with ${stdout}${stderr}`);
  }
  return specifiers.length;
}
