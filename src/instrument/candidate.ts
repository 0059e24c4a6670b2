import type { ts } from 'ts-morph';

/** What a rule can mean. Overload signatures, abstract members and ambient declarations have no body and are none of these. */
export type CandidateKind =
  /** `function f() {}`, also a generator or the default export. */
  | 'function'
  /** An arrow or a function expression: in a variable, a property, a class field, an argument, a default export. */
  | 'expression'
  | 'method'
  | 'getter'
  | 'setter'
  | 'constructor'
  /** `{ execute() {} }`: a method or accessor of an object literal. */
  | 'object method'
  /** A call, for rules with `match.call`. */
  | 'call';

/** The functions among the syntax nodes: those with a body that can run in a span. */
export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration
  | ts.ConstructorDeclaration;

/** A tool as the agent SDKs write it: an object with `execute`, `tool({...})`, `server.tool(name, ..., handler)`. */
export interface ToolFacts {
  /** Its name, where the code says it literally: the first argument, `name: '...'`, the key or the variable that holds it. */
  readonly name: string | undefined;
  /** The function or SDK method that it is given to (`tool`, `server.registerTool`); undefined for a bare object. */
  readonly callee: string | undefined;
}

interface Facts {
  readonly kind: CandidateKind;
  /** As rules and people name it: `run`, `#load`, `create`; the variable, field or property that holds an expression; undefined: none. */
  readonly name: string | undefined;
  /** Name of the class around it, also of the one that a class expression is assigned to. */
  readonly className: string | undefined;
  /** Reachable by an export of its file: itself, its class, or its variable, also by `export { }` and `export default`. */
  readonly isExported: boolean;
}

/** A function in the code. Parent pointers are set in its file, so `node.parent` works. */
export interface FunctionCandidate extends Facts {
  readonly kind: Exclude<CandidateKind, 'call'>;
  readonly node: FunctionNode;
  /** The class that a method, accessor, constructor or field's function belongs to. */
  readonly classNode: ts.ClassLikeDeclaration | undefined;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isStatic: boolean;
  /** Set where the function is what a tool executes. */
  readonly tool: ToolFacts | undefined;
  /** False where no other function stands in it; undefined: not known. */
  readonly holdsFunctions?: boolean;
}

/**
 * A call in the code. `name` is its callee as written, without type arguments, `?.` as `.`: `client.chat.completions.create`. What is made
 * with `new` is one for rules that are about arguments, those with `context`, by the name of its class.
 */
export interface CallCandidate extends Facts {
  readonly kind: 'call';
  readonly node: ts.CallExpression | ts.NewExpression;
}

export type Candidate = FunctionCandidate | CallCandidate;
