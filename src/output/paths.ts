import { isAbsolute, relative, sep } from 'node:path';
import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';

/** The manifest, below the output directory. */
export const manifestPath = '.obs-gen.json';
/** Holds locks and temporary files, below the output directory, while a build writes; gone afterwards. */
export const workFolder = '.obs-gen.tmp';

/** Windows opens a device under these names, with any extension and in any case. */
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** What is wrong with a path below the output directory, as a clause; undefined where it is safe on every system. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (Buffer.from(path).toString() !== path) return 'is not well-formed Unicode';
  if (unprintable.test(path)) return 'contains a control character';
  if (path.includes('\\')) return 'contains a backslash';
  if (/[<>:"|?*]/.test(path)) return 'contains a character that Windows does not allow';
  if (path.startsWith('/')) return 'is absolute';
  if (Buffer.byteLength(path) > 1024) return 'is longer than 1024 bytes';
  for (const part of path.split('/')) {
    if (part === '') return 'has an empty part';
    if (part === '.' || part === '..') return `has a part \`${part}\``;
    if (/[. ]$/.test(part)) return 'has a part that ends with a dot or a space';
    if (reserved.test(part)) return 'has a part that is reserved on Windows';
    if (Buffer.byteLength(part) > 255) return 'has a part longer than 255 bytes';
  }
  return undefined;
}

/** Equal for two paths that are one file where upper and lower case, or composed and decomposed letters, do not count. */
export function foldPath(path: string): string {
  // Both directions: there are letters that only their upper-case forms make equal.
  return path.normalize('NFC').toUpperCase().toLowerCase();
}

/** The faults of all paths of a build, each alone and against the others. */
export function pathFaults(paths: readonly string[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const refuse = (message: string, help: string): void => {
    found.push(diagnostic('OBS4104', { message, range: undefined, help }));
  };
  const spellings = new Map<string, { readonly spelling: string; readonly file: boolean }>();
  for (const path of paths) {
    const fault = pathFault(path);
    if (fault !== undefined) {
      refuse(
        `the output path ${JSON.stringify(path)} ${fault}`,
        'change the name in the spec that the path is made of',
      );
      continue;
    }
    if (/^\.obs-gen/i.test(path)) {
      refuse(
        `the output path \`${path}\` is reserved for obs-gen`,
        'change the name in the spec that the path is made of',
      );
      continue;
    }
    const parts = path.split('/');
    for (let count = 1; count <= parts.length; count += 1) {
      const spelling = parts.slice(0, count).join('/');
      const file = count === parts.length;
      const other = spellings.get(foldPath(spelling));
      if (other === undefined) {
        spellings.set(foldPath(spelling), { spelling, file });
      } else if (other.spelling !== spelling || other.file || file) {
        refuse(
          `the output paths \`${other.spelling}\` and \`${spelling}\` ${clash(other.file, file, other.spelling === spelling)}`,
          'change one of the names in the spec that the paths are made of',
        );
        break;
      }
    }
  }
  return found;
}

function clash(firstIsFile: boolean, secondIsFile: boolean, sameSpelling: boolean): string {
  if (firstIsFile !== secondIsFile) return 'are a file and a directory of one name';
  return sameSpelling ? 'are made twice' : 'differ in upper and lower case alone';
}

/** Whether an absolute path is `folder` or lies below it; `/out-other` does not lie below `/out`. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A path below the output directory as shown to people: with `/`, from where `--out` counts. */
export function shownPath(outDir: string, path: string): string {
  const folder = outDir
    .replaceAll(sep, '/')
    .replace(/^(?:\.\/+)+/, '')
    .replace(/(?<=.)\/+$/, '');
  if (folder === '' || folder === '.') return path;
  return folder === '/' ? `/${path}` : `${folder}/${path}`;
}
