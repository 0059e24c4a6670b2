import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export const packageManagers = ['npm', 'pnpm', 'yarn'] as const;
export type PackageManager = (typeof packageManagers)[number];

/** What is known of the folder that a first spec is for. */
export interface FolderFacts {
  /** Absolute. */
  readonly root: string;
  /** package.json as text; undefined where there is none. */
  readonly packageText: string | undefined;
  readonly packageName: string | undefined;
  /** Whether package.json says that its files are modules. */
  readonly isModule: boolean;
  readonly dependencies: ReadonlySet<string>;
  readonly packageManager: PackageManager;
  /** Who owns the code: of CODEOWNERS, else of the address of git's remote. */
  readonly owner: string | undefined;
  /** Where the owner was found, in words. */
  readonly ownerFrom: string | undefined;
  /** The folder that .git stands in, absolute; undefined outside of git. */
  readonly gitRoot: string | undefined;
  readonly ci: 'github' | 'gitlab' | 'none';
}

/** A file's text; undefined where it cannot be read. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function above(start: string, isIt: (folder: string) => boolean): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isIt(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

interface Manifest {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly packageManager?: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
}

function manifestOf(text: string | undefined): Manifest {
  if (text === undefined) return {};
  try {
    const value = JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const namesOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

const lockFiles: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
];

function packageManagerOf(
  root: string,
  gitRoot: string | undefined,
  { packageManager }: Manifest,
): PackageManager {
  const named = typeof packageManager === 'string' ? packageManager.split('@')[0] : undefined;
  const known = packageManagers.find((each) => each === named);
  if (known !== undefined) return known;
  for (const folder of [root, ...(gitRoot === undefined ? [] : [gitRoot])]) {
    const found = lockFiles.find(([file]) => existsSync(join(folder, file)));
    if (found !== undefined) return found[1];
  }
  return 'npm';
}

/** Characters that an owner of the language may have. */
const allowed = /^[a-zA-Z0-9][a-zA-Z0-9 @/_.-]*$/;

/** The owner of everything in a CODEOWNERS file: that of the last line whose pattern is `*`. */
export function ownerOfAll(codeOwners: string): string | undefined {
  const lines = codeOwners.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
  const [, first] =
    lines.filter(([pattern]) => pattern === '*' || pattern === '/*' || pattern === '**').at(-1) ?? [];
  const owner = first?.replace(/^@/, '').replace(/^[^/]*\//, '');
  return owner !== undefined && allowed.test(owner) ? owner : undefined;
}

/** The account in the address of a git remote: `git@github.com:acme/shop.git` is of acme. */
export function accountOf(gitConfig: string): string | undefined {
  const url = /\[remote "origin"\][^[]*?\n\s*url\s*=\s*(\S+)/.exec(gitConfig)?.[1];
  const account = url === undefined ? undefined : /[/:]([^/:]+)\/[^/]+?(?:\.git)?\/?$/.exec(url)?.[1];
  return account !== undefined && allowed.test(account) ? account : undefined;
}

function ownerOf(gitRoot: string | undefined): Pick<FolderFacts, 'owner' | 'ownerFrom'> {
  if (gitRoot === undefined) return { owner: undefined, ownerFrom: undefined };
  for (const path of ['CODEOWNERS', '.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'docs/CODEOWNERS']) {
    const owner = ownerOfAll(textOf(join(gitRoot, path)) ?? '');
    if (owner !== undefined) return { owner, ownerFrom: path };
  }
  const owner = accountOf(textOf(join(gitRoot, '.git/config')) ?? '');
  return { owner, ownerFrom: owner === undefined ? undefined : 'the address of the repository' };
}

function ciOf(gitRoot: string | undefined): FolderFacts['ci'] {
  if (gitRoot === undefined) return 'none';
  if (existsSync(join(gitRoot, '.gitlab-ci.yml'))) return 'gitlab';
  if (existsSync(join(gitRoot, '.github'))) return 'github';
  const config = textOf(join(gitRoot, '.git/config')) ?? '';
  if (/url\s*=\s*\S*github/i.test(config)) return 'github';
  return /url\s*=\s*\S*gitlab/i.test(config) ? 'gitlab' : 'none';
}

/** `@org/my.service` is `my-service`; undefined where nothing is left. */
export function serviceName(name: string): string | undefined {
  const plain = name
    .replace(/^@[^/]*\//, '')
    .replace(/[^a-zA-Z0-9_-]+/g, '-')
    .replace(/^[^a-zA-Z]+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? undefined : plain;
}

/** Looks at a folder. @throws where it is none */
export function folderFacts(folder: string): FolderFacts {
  const root = resolve(folder);
  if (!statSync(root).isDirectory()) throw new Error(`${folder} is no folder`);
  const packageText = textOf(join(root, 'package.json'));
  const manifest = manifestOf(packageText);
  const gitRoot = above(root, (each) => existsSync(join(each, '.git')));
  return {
    root,
    packageText,
    packageName: serviceName(typeof manifest.name === 'string' ? manifest.name : basename(root)),
    isModule: manifest.type === 'module',
    dependencies: new Set([...namesOf(manifest.dependencies), ...namesOf(manifest.devDependencies)]),
    packageManager: packageManagerOf(root, gitRoot, manifest),
    ...ownerOf(gitRoot),
    gitRoot,
    ci: ciOf(gitRoot),
  };
}

/** Packages by which a service is known to answer requests, or to call models. */
const marks: readonly (readonly [string, RegExp])[] = [
  [
    'agent',
    /^(?:openai|ai|@ai-sdk\/.+|@anthropic-ai\/.+|@google\/gen(?:ai|erative-ai)|@mistralai\/.+|langchain|@langchain\/.+|@openai\/agents.*|@modelcontextprotocol\/.+|ollama|cohere-ai|groq-sdk|@mastra\/.+|@voltagent\/.+)$/,
  ],
  ['http', /^(?:express|fastify|koa|hono|@hono\/.+|@nestjs\/core|next|@hapi\/hapi|restify|polka|h3|nitro)$/],
  ['queue', /^(?:bullmq|bull|bee-queue|amqplib|kafkajs|@aws-sdk\/client-sqs|pg-boss|agenda)$/],
];

/** The presets that the packages of a service speak for. */
export function proposedPresets({ dependencies }: FolderFacts): readonly string[] {
  const found = marks.filter(([, pattern]) => [...dependencies].some((each) => pattern.test(each)));
  return [...found.map(([name]) => name), 'node'];
}
