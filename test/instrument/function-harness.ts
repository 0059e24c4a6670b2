import type { Candidate } from '../../src/instrument/candidate.js';
import { splice, type Edit, type ShapeResult } from '../../src/instrument/edit.js';
import type { FileContext, HelperName } from '../../src/instrument/file-context.js';
import { newlineOf } from '../../src/instrument/file/text-style.js';
import { candidatesOf } from '../../src/instrument/find/candidates.js';
import { parseFile } from '../../src/instrument/find/parse-file.js';
import type { Insertion } from '../../src/instrument/insertion.js';
import { editCall, editFunction } from '../../src/instrument/shapes/functions/index.js';

/** What a text became, without the import of the helpers. */
export interface Edited {
  readonly text: string;
  /** In the order of the source. */
  readonly results: readonly ShapeResult[];
  readonly helpers: ReadonlySet<HelperName>;
}

export interface EditOptions extends Partial<Pick<FileContext, 'quote' | 'semicolons' | 'isCommonJs'>> {
  readonly path?: string;
  readonly attributes?: Insertion['attributes'];
  readonly insertion?: Partial<Insertion>;
  /** Which places are chosen; default: all functions that stand in no class, and no calls. */
  readonly only?: (candidate: Candidate) => boolean;
}

const work = { name: 'work', member: 'work' };

/** Gives the functions, or calls, in a text what a rule with the span `work` would give them. */
export function edited(source: string, options: EditOptions = {}): Edited {
  const { path = 'sample.ts', attributes = [], only = ({ kind }) => kind !== 'call' } = options;
  const file = parseFile(path, source);
  const helpers = new Set<HelperName>();
  const context: FileContext = {
    source: file.source,
    text: file.text,
    newline: newlineOf(source),
    indent: '  ',
    quote: options.quote ?? "'",
    semicolons: options.semicolons ?? true,
    isCommonJs: options.isCommonJs ?? false,
    isTyped: !/\.[cm]?jsx?$/.test(path),
    use: (helper) => {
      helpers.add(helper);
      return helper;
    },
  };
  const insertion: Insertion = { rule: 0, span: work, attributes, style: 'wrap', ...options.insertion };
  const results = candidatesOf(file, true)
    .filter((candidate) => isOurs(candidate) && only(candidate))
    .map((candidate) =>
      candidate.kind === 'call'
        ? editCall({ candidate: candidate, insertion }, context)
        : editFunction({ candidate: candidate, insertion }, context),
    );
  const edits: Edit[] = results.flatMap((result) => ('edits' in result ? result.edits : []));
  return { text: splice(source, edits), results, helpers };
}

function isOurs(candidate: Candidate): boolean {
  return candidate.kind === 'call' || candidate.kind === 'expression' || candidate.classNode === undefined;
}

/** The text with the import that it needs. */
export function withImport({ text, helpers }: Edited): string {
  if (helpers.size === 0) return text;
  return `import { ${[...helpers].sort().join(', ')} } from './generated/instrument.js';\n${text}`;
}

/** The form of each place, or the code of the reason why there is none. */
export function forms({ results }: Edited): readonly string[] {
  return results.map((result) => ('skip' in result ? result.skip.code : result.form));
}
