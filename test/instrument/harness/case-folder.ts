import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { foldersIn } from '../../support/directory.js';

/** Where the cases lie. */
export const casesRoot = join(import.meta.dirname, '..', 'cases');

/** One folder of `test/instrument/cases`. */
export interface Case {
  readonly name: string;
  readonly folder: string;
  /** The files that are instrumented, by their names. */
  readonly inputs: ReadonlyMap<string, Buffer>;
  /** The text of `observability.yaml`: its own, or the one that is shared. */
  readonly spec: string;
  /** What the compiler is told. */
  readonly options: ts.CompilerOptions;
  /** Whether its plain `.ts` and `.js` files are CommonJS. */
  readonly isCommonJs: boolean;
}

const code = /\.[cm]?[jt]sx?$/;
const own = /^(?:behaviour|expected)\.|\.expected\./;

/** The cases, or those whose names contain a text. */
export function readCases(part = ''): Case[] {
  const shared = readFileSync(join(casesRoot, 'observability.yaml'), 'utf8');
  return foldersIn(casesRoot)
    .filter((name) => name.includes(part))
    .map((name) => readCase(name, shared));
}

function readCase(name: string, shared: string): Case {
  const folder = join(casesRoot, name);
  const files = readdirSync(folder);
  const spec = join(folder, 'observability.yaml');
  const inputs = files.filter((file) => code.test(file) && !own.test(file)).sort();
  return {
    name,
    folder,
    inputs: new Map(inputs.map((file) => [file, readFileSync(join(folder, file))])),
    spec: existsSync(spec) ? readFileSync(spec, 'utf8') : shared,
    options: optionsIn(folder),
    isCommonJs:
      files.includes('package.json') &&
      readFileSync(join(folder, 'package.json'), 'utf8').includes('"commonjs"'),
  };
}

function optionsIn(folder: string): ts.CompilerOptions {
  const own = join(folder, 'tsconfig.json');
  const path = existsSync(own) ? own : join(casesRoot, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, (file) => readFileSync(file, 'utf8')) as { config: object };
  const listing = { ...ts.sys, readDirectory: () => [] };
  return ts.parseJsonConfigFileContent(config, listing, folder, undefined, path).options;
}

/** Whether a file of a case is CommonJS. */
export function isCommonJsFile({ isCommonJs }: Case, file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return false;
  return isCommonJs || /\.c[jt]s$/.test(file);
}
