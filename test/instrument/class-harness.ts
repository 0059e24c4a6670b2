import type { ts } from 'ts-morph';
import type { FunctionCandidate } from '../../src/instrument/candidate.js';
import { splice, type Edit, type ShapeResult } from '../../src/instrument/edit.js';
import type { FileContext, HelperName } from '../../src/instrument/file-context.js';
import { newlineOf } from '../../src/instrument/file/text-style.js';
import { candidatesOf } from '../../src/instrument/find/candidates.js';
import { parseFile } from '../../src/instrument/find/parse-file.js';
import type { Chosen, Insertion } from '../../src/instrument/insertion.js';
import { editClass } from '../../src/instrument/shapes/classes/index.js';

/** What a text became, without the import of the helpers. */
export interface Edited {
  readonly text: string;
  readonly results: readonly ShapeResult[];
  readonly helpers: ReadonlySet<HelperName>;
}

export interface EditOptions extends Partial<Pick<FileContext, 'indent' | 'quote' | 'semicolons'>> {
  readonly path?: string;
  readonly style?: Insertion['style'];
  readonly attributes?: Insertion['attributes'];
  readonly insertion?: Partial<Insertion>;
  readonly legacyDecorators?: boolean;
  readonly emitsDecoratorMetadata?: boolean;
  /** Which members are chosen; default: all of all classes. */
  readonly only?: (candidate: FunctionCandidate) => boolean;
}

export const work = { name: 'work', member: 'work' };

/** Gives the members of the classes in a text what a rule with the span `work` would give them. */
export function edited(source: string, options: EditOptions = {}): Edited {
  const { path = 'sample.ts', style = 'wrap', attributes = [], only = () => true } = options;
  const file = parseFile(path, source);
  const helpers = new Set<HelperName>();
  const context: FileContext = {
    source: file.source,
    text: file.text,
    newline: newlineOf(source),
    indent: options.indent ?? '  ',
    quote: options.quote ?? "'",
    semicolons: options.semicolons ?? true,
    isCommonJs: false,
    isTyped: !/\.[cm]?jsx?$/.test(path),
    legacyDecorators: options.legacyDecorators,
    emitsDecoratorMetadata: options.emitsDecoratorMetadata,
    use: (helper) => {
      helpers.add(helper);
      return helper;
    },
  };
  const insertion: Insertion = { rule: 0, span: work, attributes, style, ...options.insertion };
  const members = candidatesOf(file, false).filter(
    (candidate): candidate is FunctionCandidate =>
      candidate.kind !== 'call' && candidate.kind !== 'expression' && candidate.classNode !== undefined,
  );
  const edits: Edit[] = [];
  const results: ShapeResult[] = [];
  for (const node of new Set(members.map(({ classNode }) => classNode as ts.ClassLikeDeclaration))) {
    const chosen: Chosen<FunctionCandidate>[] = members
      .filter((candidate) => candidate.classNode === node && only(candidate))
      .map((candidate) => ({ candidate, insertion }));
    for (const result of editClass(node, chosen, context)) {
      results.push(result);
      if ('edits' in result) edits.push(...result.edits);
    }
  }
  return { text: splice(source, edits), results, helpers };
}

/** The text with the import that it needs. */
export function withImport({ text, helpers }: Edited): string {
  if (helpers.size === 0) return text;
  return `import { ${[...helpers].sort().join(', ')} } from './generated/instrument.js';\n${text}`;
}

/** Codes of the places that were left alone. */
export function skips(results: readonly ShapeResult[]): readonly string[] {
  return results.flatMap((result) => ('skip' in result ? [result.skip.code] : []));
}
