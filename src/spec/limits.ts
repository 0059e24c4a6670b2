/** Every cap on what is read, in one place; a spec beyond one of them gets a diagnostic before the work is done. */
export const limits = {
  /** Bytes of one file. */
  fileBytes: 8 * 1024 * 1024,
  /** Bytes of all files of a spec together. */
  totalBytes: 32 * 1024 * 1024,
  /** Maps and lists inside each other. */
  depth: 64,
  /** Files that the main one imports, directly and through others. */
  importedFiles: 50,
  /** Syntax errors of one file that are reported: after a broken quote the rest of a file is one error after another. */
  syntaxErrors: 50,
  /** Characters of a value that a message quotes. */
  quotedCharacters: 40,
  /** Rounds of repair before what is still invalid is removed. */
  repairRounds: 8,
} as const;
