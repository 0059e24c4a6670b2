import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../../src/cli/run.js';
import { switches } from '../../src/cli/options.js';
import { refuseOddities } from '../../src/cli/usage.js';
import { root } from './markdown.js';
import { commandsOf, type Command } from './shell.js';

/** The arguments of a command of obs-gen, or nothing where it is another program. */
export function obsGenArguments({ words }: Command): readonly string[] | undefined {
  if (words[0] === 'obs-gen') return words.slice(1);
  if (words[0] === 'npx' && words[1] === 'obs-gen') return words.slice(2);
  if (words[0] === 'node' && words[1]?.endsWith('dist/cli/main.js') === true) return words.slice(2);
  return undefined;
}

class Parsed extends Error {}

/**
 * Parses a command of obs-gen as far as its handler, which is not run.
 * @returns what is wrong with it, or nothing
 */
export async function parseFault(args: readonly string[]): Promise<string | undefined> {
  try {
    refuseOddities(switches, args);
    await commandLine(args)
      .middleware(() => {
        throw new Parsed();
      })
      .parseAsync();
    return 'it was not parsed to its end';
  } catch (error) {
    return error instanceof Parsed ? undefined : (error as Error).message;
  }
}

const has = (args: readonly string[], ...names: readonly string[]): boolean =>
  names.some((name) => args.some((arg) => arg === name || arg.startsWith(`${name}=`)));

/** Commands of obs-gen that a test of documents does not run, and what runs them instead. All of them are parsed. */
const notRun: readonly { readonly of: (args: readonly string[]) => boolean; readonly why: string }[] = [
  {
    of: ([name]) => name === 'lsp' || name === 'mcp',
    why: 'serves until its client ends: test/language-server, test/mcp',
  },
  { of: (args) => args[0] === 'build' && has(args, '--watch'), why: 'goes on until it is ended: test/cli' },
  {
    of: ([name]) => name === 'preview',
    why: 'serves, or needs Chromium and Prometheus: test/preview, test/e2e',
  },
  {
    of: (args) => args[0] === 'gpu' && !has(args, '--replay', '--write-recipes'),
    why: 'needs a device, or serves: test/gpu',
  },
  {
    of: ([name]) => name === 'stack' || name === 'doctor',
    why: 'starts or asks a whole stack: test/e2e, test/stack',
  },
  {
    of: (args) => args[0] === 'trace' && has(args, '--tempo', '--jaeger'),
    why: 'asks a store: test/inspect/trace',
  },
  { of: (args) => has(args, '--listen-grpc'), why: 'waits for somebody who sends: test/inspect/live-check' },
  {
    of: (args) => has(args, '--mutants'),
    why: 'takes minutes: test/prove, and the end of `npm run test:long`',
  },
  { of: (args) => has(args, '--interactive'), why: 'asks questions: test/cli' },
];

/** Why a command of obs-gen is not run; nothing where it is. */
export function reasonNotToRun(args: readonly string[]): string | undefined {
  return notRun.find(({ of }) => of(args))?.why;
}

/** Commands that do not end with 0 in the project, and why. */
const otherExits: readonly { readonly of: RegExp; readonly exit: number; readonly why: string }[] = [
  { of: /^diff old\.yaml new\.yaml/, exit: 1, why: 'it is there to show what breaks' },
  { of: /^diff v1\.4:/, exit: 1, why: 'what was at that path in the revision is another service' },
  { of: /^dashboards web\.json/, exit: 1, why: 'the board was made without the checklist' },
  { of: /^instrument --renames/, exit: 2, why: 'the spec of the project renames nothing' },
];

/** The exit code that a command of obs-gen has to have. */
export function expectedExit(args: readonly string[]): number {
  return otherExits.find(({ of }) => of.test(args.join(' ')))?.exit ?? 0;
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

/** Scripts that `obs-gen init` writes into the package.json of a service. */
const scriptsOfInit = ['telemetry:build', 'telemetry:check'];

const missing = (what: string, isThere: boolean): string | undefined =>
  isThere ? undefined : `there is no ${what}`;

function npmFault([, verb = '', ...rest]: readonly string[]): string | undefined {
  const name = rest.find((word) => !word.startsWith('-'));
  switch (verb) {
    case 'start':
    case 'test':
      return missing(`script ${verb}`, scripts[verb] !== undefined);
    case 'run':
      return missing(
        `script ${name ?? ''}`,
        name !== undefined && (name in scripts || scriptsOfInit.includes(name)),
      );
    case 'ci': {
      const folder = rest.includes('--prefix') ? (rest[rest.indexOf('--prefix') + 1] ?? '') : '.';
      return missing(
        `${folder}/package-lock.json`,
        folder.startsWith('$') || existsSync(join(root, folder, 'package-lock.json')),
      );
    }
    case 'init':
    case 'install':
    case 'pack':
    case 'pkg':
      return undefined;
    default:
      return `npm ${verb} is of no kind that is known here`;
  }
}

/** Programs whose commands cannot be run in a test, each with what can be said of its words all the same. */
const programs: Readonly<Record<string, (words: readonly string[]) => string | undefined>> = {
  npm: npmFault,
  npx: ([, tool = '', ...rest]) => {
    if (tool === 'vitest') {
      const paths = rest.filter((word) => word.includes('/'));
      return missing(
        paths.join(' '),
        paths.every((path) => existsSync(join(root, path))),
      );
    }
    // The compiler is in a package of another name.
    if (tool === 'tsc') return undefined;
    return missing(`devDependency ${tool}`, new RegExp(`"${tool}": "`).test(read('package.json')));
  },
  node: (words) => {
    const file = words.slice(1).find((word) => !word.startsWith('-')) ?? '';
    // What the tutorial writes and compiles is not a file of the repository.
    return missing(file, existsSync(join(root, file)) || /^(?:dist\/src\/)?app\.js$/.test(file));
  },
  'apt-get': ([, verb, ...rest]) => {
    const unknown = rest.filter((word) => !word.startsWith('-') && !read('.ci/run').includes(word));
    return verb === 'install' && unknown.length === 0
      ? undefined
      : `.ci/run does not install ${unknown.join(' ')}`;
  },
  // Only against the loopback interface.
  curl: (words) => {
    const url = words.find((word) => word.startsWith('http')) ?? '';
    return /^http:\/\/(?:127\.0\.0\.1|localhost):\d+\//.test(url)
      ? undefined
      : `${url} is not on this machine`;
  },
  eval: ([, text = '']) => {
    const [, inner = ''] = /^\$\((.*)\)$/.exec(text) ?? [];
    const [command] = commandsOf(inner, 0);
    return command !== undefined && obsGenArguments(command) !== undefined
      ? undefined
      : 'what is evaluated is no command of obs-gen';
  },
  docker: ([, verb]) => missing(`docker ${verb ?? ''} in src/stack`, verb === 'compose'),
  kubectl: ([, verb]) =>
    verb === 'apply' || verb === 'kustomize' ? undefined : `kubectl ${verb ?? ''} is not known here`,
  git: ([, verb]) =>
    verb !== undefined && ['init', 'add', 'commit', 'diff', 'checkout'].includes(verb)
      ? undefined
      : `git ${verb ?? ''} is not known here`,
  cd: () => undefined,
  mkdir: () => undefined,
  cat: () => undefined,
  sleep: () => undefined,
  amtool: ([, verb]) => (verb === 'alert' ? undefined : `amtool ${verb ?? ''} is not known here`),
};

/**
 * What is wrong with a command that is not one of obs-gen.
 * @returns nothing where it is fine as far as that can be known without running it
 */
export function otherFault(command: Command): string | undefined {
  const program = command.words[0] ?? '';
  const check = Object.hasOwn(programs, program) ? programs[program] : undefined;
  if (check === undefined) return `${program} is in no list of test/docs/kinds.ts`;
  return check(command.words);
}
