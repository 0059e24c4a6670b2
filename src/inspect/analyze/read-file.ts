import type { FunctionCandidate } from '../../instrument/candidate.js';
import { lineCounter } from '../../instrument/file/line-counter.js';
import { candidatesOf } from '../../instrument/find/candidates.js';
import type { ParsedFile } from '../../instrument/find/parsed-file.js';
import type { FileFacts } from './facts.js';
import { functionFacts } from './function-facts.js';
import { clientsOf, defaultNameOf } from './module-exports.js';
import { namesInFile } from './names-in-file.js';
import { noteSpan, outerCallsOf } from './outer-helpers.js';
import { readCall, type Helpers } from './read-call.js';
import { isHelper } from './telemetry-of.js';
import { walkFile } from './walk-file.js';

/** What is known of generated code, and of the spans in the spec. */
export interface ReadOptions extends Helpers {
  /** Whether a specifier leads from a file into the output of obs-gen. */
  isGenerated(path: string, specifier: string): boolean;
}

/** Reads what the functions of a file do and which telemetry they have: one walk beside the one that finds the functions. */
export function readFile(file: ParsedFile, options: ReadOptions): FileFacts {
  const { path, source, text } = file;
  const found = candidatesOf(file, false).filter((each): each is FunctionCandidate => each.kind !== 'call');
  const isGenerated = (specifier: string): boolean => options.isGenerated(path, specifier);
  const names = namesInFile(source, ({ imported, module: from }) => isHelper(imported) && isGenerated(from));
  const lineOf = lineCounter(text);
  const { module, units, calls } = walkFile({ source, names, functions: found, lineOf });
  const own = ownNames(found);
  for (const each of calls) readCall(each, own, isGenerated, options);
  const outer = outerCallsOf(calls, isGenerated);
  for (const each of found) noteSpan(each, units.get(each.node) ?? module, outer, source, options);
  return {
    path,
    lines: lineOf(text.length),
    functions: [...new Set(units.values())].flatMap((unit) =>
      unit.candidate === undefined ? [] : [functionFacts(path, unit, unit.candidate)],
    ),
    module: module.operations,
    clients: clientsOf(names),
    forwarded: names.forwarded,
    defaultName: defaultNameOf(source),
    imports: [...new Set(names.imports)],
  };
}

/** The functions of a file as its calls name them. */
function ownNames(functions: readonly FunctionCandidate[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, classNode } of functions)
    if (name !== undefined) names.add(classNode === undefined ? name : `this.${name}`);
  return names;
}
