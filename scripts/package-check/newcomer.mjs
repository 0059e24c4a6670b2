/* global fetch */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { mainOf, npmArguments, packagesOf } from './consumer.mjs';
import { Fault, page, run, whileRunning } from './command.mjs';

/** Code that exists before anybody thinks of telemetry. */
const greet = `export async function greet(kind: string): Promise<string> {
  await Promise.resolve();
  if (kind === 'rude') throw new Error('no');
  return \`hello, \${kind}\`;
}
`;

const service = `import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { labels, telemetry } from '../generated/index.js';
import { greet } from './greet.js';

labels.taskKind.register(['greeting', 'rude']);
await telemetry.start();

const pages = createServer(telemetry.metricsHandler());
const service = createServer((request, response) => {
  greet(request.url?.slice(1) ?? '').then(
    (text) => response.end(text),
    () => response.writeHead(500).end(),
  );
});
pages.listen(0, '127.0.0.1', () => {
  service.listen(0, '127.0.0.1', () => {
    const port = (of: typeof service) => (of.address() as AddressInfo).port;
    console.log(\`serving on \${port(service)}, metrics on \${port(pages)}\`);
  });
});
`;

const settings = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    types: ['node'],
    outDir: 'dist',
    rootDir: '.',
  },
  include: ['src', 'generated'],
};

const rule = `
instrument:
  include: ['src/**/*.ts']
  rules:
    - match: { function: greet, exported: true }
      span: task.run
      attributes: { kind: args.0 }
`;

const node = process.execPath;

/** The steps of a first hour, in their order: what each is called, and what it does. */
function steps({ tarball, versions, env, hasPromtool, installed }) {
  const npm =
    (...args) =>
    (cwd) =>
      run('npm', args, { cwd, env });
  const obsGen =
    (...args) =>
    (cwd) =>
      run('npx', ['--no-install', 'obs-gen', ...args], { cwd, env });
  const tsc = (cwd) => run('npx', ['--no-install', 'tsc'], { cwd, env });
  const added = Object.entries(versions.runtime).map(([name, version]) => `${name}@${version}`);
  const compiler = Object.entries(versions.development).map(([name, version]) => `${name}@${version}`);
  return [
    [
      '`npm init -y`, `npm pkg set type=module`',
      async (cwd) => {
        await npm('init', '-y')(cwd);
        await npm('pkg', 'set', 'type=module')(cwd);
      },
    ],
    [
      '`npm install --save-dev obs-gen`',
      async (cwd) => {
        await npm('install', '--save-dev', ...npmArguments, tarball)(cwd);
        installed(packagesOf(cwd).count - 1);
      },
    ],
    [
      '`npx obs-gen init --yes`: a spec, and what it compiles to',
      async (cwd) => {
        const { stdout } = await obsGen('init', '--yes')(cwd);
        for (const name of Object.keys(versions.runtime))
          if (!stdout.includes(name))
            throw new Fault(`init does not say that ${name} is to be installed:\n${stdout}`);
      },
    ],
    ['`npm install prom-client @opentelemetry/api`', npm('install', ...npmArguments, ...added)],
    [
      '`npm install --save-dev typescript @types/node`',
      npm('install', '--save-dev', ...npmArguments, ...compiler),
    ],
    [
      'write a service of 30 lines that serves `/metrics`, `npx tsc`',
      async (cwd) => {
        mkdirSync(join(cwd, 'src'));
        writeFileSync(join(cwd, 'src/greet.ts'), greet);
        writeFileSync(join(cwd, 'src/service.ts'), service);
        writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify(settings, undefined, 2));
        await tsc(cwd);
      },
    ],
    [
      'add a rule, `npx obs-gen build`, `npx obs-gen instrument`, `npx tsc`',
      async (cwd) => {
        const spec = join(cwd, 'observability.yaml');
        writeFileSync(spec, readFileSync(spec, 'utf8') + rule);
        await obsGen('build')(cwd);
        await obsGen('instrument')(cwd);
        if (!readFileSync(join(cwd, 'src/greet.ts'), 'utf8').includes('taskRun'))
          throw new Fault('`greet` was not instrumented');
        await tsc(cwd);
      },
    ],
    [
      'run it, ask it twice, read `/metrics`, `npx obs-gen live-check`',
      (cwd) =>
        whileRunning(
          node,
          ['dist/src/service.js'],
          { cwd, env, says: /serving on (\d+), metrics on (\d+)/ },
          async ([, port, metrics]) => {
            const told = await page(`http://127.0.0.1:${port}/greeting`);
            if (told !== 'hello, greeting') throw new Fault(`the instrumented service answers ${told}`);
            await fetch(`http://127.0.0.1:${port}/rude`);
            const scraped = await page(`http://127.0.0.1:${metrics}/metrics`);
            for (const [kind, outcome] of [
              ['greeting', 'completed'],
              ['rude', 'failed'],
            ]) {
              const wanted = `_tasks_total{kind="${kind}",outcome="${outcome}"} 1`;
              if (!scraped.includes(wanted)) throw new Fault(`the page has no ${wanted}`);
            }
            await obsGen('live-check', `http://127.0.0.1:${metrics}/metrics`)(cwd);
          },
        ),
    ],
    [
      '`npx obs-gen preview`: the dashboards, with made-up data',
      (cwd) =>
        whileRunning(
          node,
          [mainOf(cwd), 'preview', '--port', '0'],
          { cwd, env, says: /http:\/\/127\.0\.0\.1:\d+/ },
          async ([address]) => {
            const shown = await page(`${address}/`);
            if (!/<script[^>]+type="module"/.test(shown)) throw new Fault('the preview answers with no page');
          },
        ),
    ],
    ...(hasPromtool
      ? [
          [
            '`npx obs-gen test --only ^alerts`: every alert, through promtool',
            obsGen('test', '--only', '^alerts\\.'),
          ],
        ]
      : []),
  ];
}

/**
 * Goes the way of somebody who has Node and an empty folder.
 * @param given `installed` is called with the number of packages that the tarball brought, before others are added
 * @returns the steps with the seconds that the machine took for each
 */
export async function newcomer(folder, given) {
  mkdirSync(folder, { recursive: true });
  const taken = [];
  for (const [title, step] of steps(given)) {
    const begin = performance.now();
    try {
      await step(folder);
    } catch (error) {
      throw error instanceof Fault ? new Fault(`${title}: ${error.message}`) : error;
    }
    taken.push({ title, seconds: (performance.now() - begin) / 1000 });
  }
  return taken;
}
