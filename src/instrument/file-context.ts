import type { ts } from 'ts-morph';

/** What the generated `instrument.ts` exports for inserted code; a file imports those that it uses. */
export type HelperName =
  | 'traceFunction'
  | 'traceMethod'
  | 'traceAccessor'
  | 'traceCall'
  | 'traceMember'
  | 'tracePrivate'
  | 'traceConstruction'
  | 'traced'
  | 'spans'
  | 'metrics'
  | 'logs'
  | 'logger'
  | 'keepContext';

/** What shapes need to know of the file that they write into. */
export interface FileContext {
  readonly source: ts.SourceFile;
  readonly text: string;
  readonly newline: '\n' | '\r\n';
  /** One step of indentation: `  `, a tab. */
  readonly indent: string;
  readonly quote: "'" | '"';
  /** Whether statements end with a semicolon in this file. */
  readonly semicolons: boolean;
  /** Whether the compiler turns the file into CommonJS, where an assignment to an exported function has to be a plain one. */
  readonly isCommonJs: boolean;
  /** Whether it is TypeScript; JavaScript takes no type syntax. */
  readonly isTyped: boolean;
  /** Whether decorators are TypeScript's older ones (`experimentalDecorators`), which private methods cannot have; undefined: not known. */
  readonly legacyDecorators?: boolean | undefined;
  /** Whether a decorator makes TypeScript write the types of its method into the program (`emitDecoratorMetadata`). */
  readonly emitsDecoratorMetadata?: boolean | undefined;
  /** Whether what a file exports has to say its type itself (`isolatedDeclarations`): the result of a call does not. */
  readonly isolatedDeclarations?: boolean | undefined;
  /** Asks for a helper and returns what the file calls it: `spans`, or another name where that one is taken. */
  use(helper: HelperName): string;
}

const plain = /^[\w$.#-]*$/;

/** A string literal in the file's own quotes. */
export function quoted(context: FileContext, value: string): string {
  if (plain.test(value)) return `${context.quote}${value}${context.quote}`;
  const inner = JSON.stringify(value).slice(1, -1);
  if (context.quote === '"') return `"${inner}"`;
  return `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
