import { createRequire } from 'node:module';

/** The declarations of the language's own library come with the bundled compiler as text, not as files. */
interface BundledLibrary {
  readonly libFolderInMemoryPath: string;
  readonly getLibFiles: () => readonly { readonly fileName: string; readonly text: string }[];
}

export interface Library {
  /** The folder in which the compiler looks for them; there is no such folder on disk. */
  readonly folder: string;
  textOf(path: string): string | undefined;
}

let known: Library | undefined;

/** The library of the bundled compiler. */
export function bundledLibrary(): Library {
  known ??= read();
  return known;
}

function read(): Library {
  const here = createRequire(import.meta.url);
  const { libFolderInMemoryPath: folder, getLibFiles } = createRequire(here.resolve('ts-morph'))(
    '@ts-morph/common',
  ) as BundledLibrary;
  const texts = new Map(getLibFiles().map(({ fileName, text }) => [`${folder}/${fileName}`, text]));
  return { folder, textOf: (path) => texts.get(path) };
}
