import type { ts } from 'ts-morph';
import type { ParsedFile } from '../find/parsed-file.js';
import type { FunctionNode } from '../candidate.js';

/** What a class is, as the compiler knows it, through other files too. */
export interface Heritage {
  /** Names of the interfaces that it implements, those of its base classes and those that these extend among them. */
  readonly implemented: readonly string[];
  /** Names of the classes that it extends. */
  readonly extended: readonly string[];
}

/**
 * What only types tell; rules with `types: true` ask for it. The nodes are those of the parsed file, which is not the program's own: who
 * answers looks for the node of the same place.
 */
export interface TypeFacts {
  heritageOf(node: ts.ClassLikeDeclaration, file: ParsedFile): Heritage;
  /** Whether what the function returns is a promise or an async iterator. */
  isAsynchronous(node: FunctionNode, file: ParsedFile): boolean;
}
