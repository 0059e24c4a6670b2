import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { FileNote } from '../../instrument/find/file-note.js';
import { listFiles } from '../../instrument/find/list-files.js';
import { FileFault, parseFile, tooDeep } from '../../instrument/find/parse-file.js';
import { errnoOf } from '../../output/io-failure.js';
import type { FileFacts } from './facts.js';
import { readFile, type ReadOptions } from './read-file.js';

export interface ReadTreeOptions {
  /** Absolute. */
  readonly root: string;
  readonly outDir: string;
  readonly paths: readonly string[];
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly recordingSpans: ReadonlySet<string>;
  readonly onProgress: (done: number, total: number) => void;
}

/** Where no spec says which files are meant, tests are left out: nobody watches them run. */
export const usualExclude: readonly string[] = [
  '**/*.{test,spec}.*',
  '**/*.{test,spec}-d.*',
  '**/{__tests__,__mocks__,fixtures}/**',
  '{test,tests,e2e}/**',
  '**/dist/**',
];

/** Reads all files of a tree. What cannot be parsed is left out with a note. */
export async function readTree(
  options: ReadTreeOptions,
): Promise<{ readonly files: readonly FileFacts[]; readonly notes: readonly FileNote[] }> {
  const { root, outDir, paths, include, exclude, onProgress, recordingSpans } = options;
  const listed = await listFiles({ root, outDir, paths, include, exclude: exclude ?? usualExclude });
  const notes = [...listed.notes];
  const reading: ReadOptions = { recordingSpans, isGenerated: generatedBy(root, outDir) };
  const files: FileFacts[] = [];
  for (const [index, { path, absolute }] of listed.files.entries()) {
    onProgress(index, listed.files.length);
    const read = factsOrNote(path, absolute, reading);
    if ('code' in read) notes.push(read);
    else files.push(read);
  }
  return { files, notes };
}

function factsOrNote(path: string, absolute: string, options: ReadOptions): FileFacts | FileNote {
  try {
    return readFile(parseFile(path, readFileSync(absolute)), options);
  } catch (error) {
    if (error instanceof FileFault) return error.note;
    if (error instanceof RangeError) return tooDeep(path).note;
    const code = errnoOf(error);
    if (code === undefined) throw error;
    return { code: 'OBS5050', path, message: `it cannot be read: ${code}` };
  }
}

/** Output of obs-gen is known by the folder, or by the list of files that it keeps there. */
function generatedBy(root: string, outDir: string): ReadOptions['isGenerated'] {
  const known = new Map<string, boolean>();
  const isOutput = (folder: string): boolean => {
    let is = known.get(folder);
    if (is === undefined) {
      is = join(root, folder) === outDir || existsSync(join(root, folder, '.obs-gen.json'));
      known.set(folder, is);
    }
    return is;
  };
  return (path, specifier) => {
    if (specifier.startsWith('.')) {
      const target = posix.join(dirname(path), specifier);
      return isOutput(posix.dirname(target)) || isOutput(target);
    }
    // An alias of the project's own: `@/generated/spans`, `#generated/index.js`.
    return /(?:^|[/#@~])generated(?:\/|$)/.test(specifier);
  };
}
