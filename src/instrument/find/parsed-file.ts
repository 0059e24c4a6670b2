import type { ts } from 'ts-morph';

/** A file that has been read and parsed. */
export interface ParsedFile {
  /** Relative to the spec's folder, with `/`. */
  readonly path: string;
  /** Without a byte order mark; `hasByteOrderMark` tells of it. */
  readonly text: string;
  readonly hasByteOrderMark: boolean;
  /** Parents are set once `candidatesOf` has walked it. */
  readonly source: ts.SourceFile;
}
