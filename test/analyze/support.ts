import { analysisOf, type Analysis } from '../../src/inspect/analyze/analysis.js';
import { readFile } from '../../src/inspect/analyze/read-file.js';
import type { ScoredFunction } from '../../src/inspect/analyze/scored.js';
import { parseFile } from '../../src/instrument/find/parse-file.js';

/** Analyses a tree in memory; what lies in `generated` is obs-gen's. */
export function analysed(tree: Readonly<Record<string, string>>, minimum = 0): Analysis {
  const options = {
    recordingSpans: new Set(['agentRun']),
    isGenerated: (_path: string, specifier: string) => specifier.includes('generated/'),
  };
  return analysisOf(
    Object.entries(tree).map(([path, text]) => readFile(parseFile(path, text), options)),
    minimum,
  );
}

/** The function of a name in it. */
export function functionOf(analysis: Analysis, name: string): ScoredFunction {
  const found = analysis.functions.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return found;
}

/** What the only function of a text does, with the number of calls. */
export function doesIn(text: string): ScoredFunction['does'] {
  return functionOf(analysed({ 'a.ts': text }), 'f').does;
}
