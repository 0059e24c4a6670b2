import { ts } from 'ts-morph';
import type { Candidate, FunctionCandidate } from '../candidate.js';
import { outermost } from '../find/names.js';
import type { ParsedFile } from '../find/parsed-file.js';
import { dottedName, writtenHeritage } from './heritage.js';
import type { Heritage, TypeFacts } from './type-facts.js';

/** A candidate with what rules ask of it; what costs something is worked out when the first rule asks. */
export class Place {
  readonly candidate: Candidate;
  readonly file: ParsedFile;
  readonly #types: TypeFacts | undefined;
  #written: Heritage | undefined;
  #typed: Heritage | undefined;
  #decorators: readonly string[] | undefined;

  constructor(candidate: Candidate, file: ParsedFile, types: TypeFacts | undefined) {
    this.candidate = candidate;
    this.file = file;
    this.#types = types;
  }

  /** The class that it belongs to; for a call, the class around it. */
  get classNode(): ts.ClassLikeDeclaration | undefined {
    const { candidate } = this;
    return candidate.kind === 'call' ? classAround(candidate.node) : candidate.classNode;
  }

  /** The name of that class. A function within a method is no member. */
  get className(): string | undefined {
    const { candidate } = this;
    return candidate.kind === 'call' || candidate.classNode !== undefined ? candidate.className : undefined;
  }

  /** The name as a member of a class or of an object literal; undefined for what is none. */
  get memberName(): string | undefined {
    const { candidate } = this;
    if (candidate.kind === 'call') return undefined;
    if (candidate.kind === 'constructor') return 'constructor';
    return candidate.classNode !== undefined || isObjectMember(candidate) ? candidate.name : undefined;
  }

  /** The name as a function: a declaration's, or of the variable that holds an expression; undefined for members. */
  get functionName(): string | undefined {
    const { candidate } = this;
    if (candidate.kind !== 'function' && candidate.kind !== 'expression') return undefined;
    return candidate.classNode !== undefined || isObjectMember(candidate) ? undefined : candidate.name;
  }

  /** The name of the variable that holds an expression. */
  get variableName(): string | undefined {
    const { candidate } = this;
    if (candidate.kind !== 'expression') return undefined;
    const { parent } = outermost(candidate.node);
    return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
  }

  /** What its class implements and extends; with types, also what the class's file does not tell. */
  heritage(withTypes: boolean): Heritage {
    const node = this.classNode;
    if (node === undefined) return { implemented: [], extended: [] };
    this.#written ??= writtenHeritage(node, this.file.source);
    if (!withTypes || this.#types === undefined) return this.#written;
    this.#typed ??= joined(this.#written, this.#types.heritageOf(node, this.file));
    return this.#typed;
  }

  /** Names of the decorators on it and on its class, without calls: `ns.Tool` is both `ns.Tool` and `Tool`. */
  get decorators(): readonly string[] {
    this.#decorators ??= [this.candidate.node, this.classNode].flatMap((node) =>
      node === undefined ? [] : decoratorNames(node),
    );
    return this.#decorators;
  }

  isAsync(withTypes: boolean): boolean {
    const { candidate } = this;
    if (candidate.kind === 'call') return isAwaited(candidate.node);
    if (candidate.isAsync || (candidate.node.type !== undefined && saysPromise(candidate.node.type)))
      return true;
    if (!withTypes || candidate.node.type !== undefined || this.#types === undefined) return false;
    return this.#types.isAsynchronous(candidate.node, this.file);
  }
}

function classAround(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let around = node.parent; !ts.isSourceFile(around); around = around.parent)
    if (ts.isClassLike(around)) return around;
  return undefined;
}

function isObjectMember({ kind, node }: FunctionCandidate): boolean {
  return (
    kind === 'object method' ||
    (kind !== 'function' && ts.isPropertyAssignment(outermost(node).parent)) ||
    ts.isObjectLiteralExpression(node.parent)
  );
}

function joined(a: Heritage, b: Heritage): Heritage {
  return {
    implemented: [...new Set([...a.implemented, ...b.implemented])],
    extended: [...new Set([...a.extended, ...b.extended])],
  };
}

function decoratorNames(node: ts.Node): readonly string[] {
  // A field's arrow is decorated where the field is.
  const decorated = ts.canHaveDecorators(node) ? node : outermost(node).parent;
  if (!ts.canHaveDecorators(decorated)) return [];
  return (ts.getDecorators(decorated) ?? []).flatMap(({ expression }) => {
    const name = dottedName(ts.isCallExpression(expression) ? expression.expression : expression);
    if (name === undefined) return [];
    const last = name.slice(name.lastIndexOf('.') + 1);
    return last === name ? [name] : [name, last];
  });
}

/** Whether an annotation says that something comes later: `Promise<T>`, `AsyncGenerator<T>`, also among the parts of a union. */
function saysPromise(type: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.some(saysPromise);
  if (ts.isParenthesizedTypeNode(type)) return saysPromise(type.type);
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false;
  switch (type.typeName.text) {
    case 'Promise':
    case 'PromiseLike':
    case 'AsyncGenerator':
    case 'AsyncIterable':
    case 'AsyncIterator':
    case 'AsyncIterableIterator':
      return true;
    default:
      return false;
  }
}

function isAwaited(call: ts.Expression): boolean {
  const { parent } = outermost(call);
  return ts.isAwaitExpression(parent) || (ts.isForOfStatement(parent) && parent.awaitModifier !== undefined);
}
