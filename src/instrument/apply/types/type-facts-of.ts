import type { ParsedFile } from '../../find/parsed-file.js';
import { programFacts } from '../../rules/program-facts.js';
import type { TypeFacts } from '../../rules/type-facts.js';
import type { BareProjects } from './bare-projects.js';

/** What types tell of files in any of the projects; nothing of a file that belongs to none. */
export function typeFactsOf(projects: BareProjects): TypeFacts {
  const known = new Map<object, TypeFacts>();
  const factsFor = (file: ParsedFile): TypeFacts | undefined => {
    const found = projects.programOf(file.path);
    // A tree of another text would answer for other nodes.
    if (found?.source.text !== file.text) return undefined;
    const facts =
      known.get(found.program) ?? programFacts(found.program, ({ path }) => projects.programOf(path)?.source);
    known.set(found.program, facts);
    return facts;
  };
  return {
    heritageOf: (node, file) => factsFor(file)?.heritageOf(node, file) ?? { implemented: [], extended: [] },
    isAsynchronous: (node, file) => factsFor(file)?.isAsynchronous(node, file) ?? false,
  };
}
