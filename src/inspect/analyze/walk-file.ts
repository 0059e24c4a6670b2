import { ts } from 'ts-morph';
import type { FunctionCandidate } from '../../instrument/candidate.js';
import { calleeText } from '../../instrument/find/names.js';
import { noteCatch, noteRejection } from './handling.js';
import { assignedTo, type NamesInFile } from './names-in-file.js';
import { tracedName } from './outer-helpers.js';
import type { CallPlace } from './read-call.js';
import { isUnattended } from './shapes.js';
import { Scope } from './scope.js';
import { Unit } from './unit.js';

// Looked up once: the compiler's names are getters, which show where they are asked for every node.
const { forEachChild, isBinaryExpression, SyntaxKind: kinds } = ts;
const { FirstNode: firstNode, FirstTypeNode: firstTypeNode, LastTypeNode: lastTypeNode } = kinds;

/** The file that is walked, as far as it is known before. */
export interface WalkedFile {
  readonly source: ts.SourceFile;
  readonly names: NamesInFile;
  readonly functions: readonly FunctionCandidate[];
  readonly lineOf: (at: number) => number;
}

/** What a walk has found. */
export interface Walked {
  /** What the module does on its own. */
  readonly module: Unit;
  /** Where each function's doings are noted: those that nothing names belong to the one around them. */
  readonly units: ReadonlyMap<ts.Node, Unit>;
  /** All calls, to be looked at when all names are known. */
  readonly calls: readonly CallPlace[];
}

/** Notes what the functions of a file do, and every call in them. */
export function walkFile(file: WalkedFile): Walked {
  const walk = new Walk(file);
  forEachChild(file.source, walk.visit);
  return walk;
}

class Walk implements Walked {
  readonly module: Unit;
  readonly units = new Map<ts.Node, Unit>();
  readonly calls: CallPlace[] = [];
  readonly #file: WalkedFile;
  readonly #candidates: ReadonlyMap<ts.Node, FunctionCandidate>;
  #unit: Unit;
  /** Line of the innermost loop of the function that the walk is in; undefined: in none. */
  #loop: number | undefined = undefined;

  constructor(file: WalkedFile) {
    this.#file = file;
    this.#candidates = new Map(file.functions.map((each) => [each.node, each]));
    this.module = new Unit(undefined, file.names.scope);
    this.#unit = this.module;
  }

  /** A function for the compiler to call; made once, since it is handed over at every node. */
  readonly visit = (node: ts.Node): void => {
    const { kind } = node;
    // Words and punctuation hold nothing, and types do nothing.
    if (kind < firstNode || (kind >= firstTypeNode && kind <= lastTypeNode)) return;
    switch (kind) {
      case kinds.FunctionDeclaration:
      case kinds.FunctionExpression:
      case kinds.ArrowFunction:
      case kinds.MethodDeclaration:
      case kinds.Constructor:
      case kinds.GetAccessor:
      case kinds.SetAccessor: {
        const candidate = this.#candidates.get(node);
        if (candidate === undefined) break;
        this.#visitFunction(node, candidate);
        return;
      }
      case kinds.CallExpression:
      case kinds.NewExpression:
        this.#noteCall(node as ts.CallExpression | ts.NewExpression);
        break;
      case kinds.VariableDeclaration:
      case kinds.PropertyDeclaration:
      case kinds.Parameter:
        this.#file.names.declare(node as ts.VariableDeclaration, this.#unit.scope);
        break;
      case kinds.BinaryExpression:
        this.#visitBinary(node as ts.BinaryExpression);
        return;
      case kinds.CatchClause:
        noteCatch(node as ts.CatchClause, this.#lineOf(node), this.#unit);
        break;
      case kinds.AwaitExpression:
        this.#noteWait();
        break;
      case kinds.IfStatement:
      case kinds.ConditionalExpression:
      case kinds.CaseClause:
        this.#unit.branches += 1;
        break;
      case kinds.ForOfStatement:
      case kinds.ForInStatement: {
        const { initializer, expression, statement } = node as ts.ForOfStatement;
        this.visit(initializer);
        // What is looped over is worked out once.
        this.visit(expression);
        this.#visitLoop(node, () => {
          this.visit(statement);
        });
        return;
      }
      case kinds.ForStatement:
      case kinds.WhileStatement:
      case kinds.DoStatement:
        this.#visitLoop(node, () => {
          forEachChild(node, this.visit);
        });
        return;
      case kinds.InterfaceDeclaration:
      case kinds.TypeAliasDeclaration:
      case kinds.ImportDeclaration:
        return;
      default:
        break;
    }
    forEachChild(node, this.visit);
  };

  #lineOf(node: ts.Node): number {
    return this.#file.lineOf(node.getStart(this.#file.source));
  }

  #visitFunction(node: ts.Node, candidate: FunctionCandidate): void {
    const unit = this.#unit;
    const loop = this.#loop;
    const named = isUnit(candidate) ? candidate : { ...candidate, name: tracedName(node) };
    const own = isUnit(named) ? new Unit(named, new Scope(unit.scope)) : undefined;
    if (own !== undefined) own.firstLine = this.#lineOf(node);
    this.#unit = own ?? unit;
    this.units.set(node, this.#unit);
    this.#loop = undefined;
    forEachChild(node, this.visit);
    // Now, while lines are asked for from the top of the file to its end.
    if (own !== undefined) own.lastLine = this.#file.lineOf(node.end);
    this.#unit = unit;
    this.#loop = loop;
  }

  /** A loop; reading a stream by `for await` alone is no wait of its own for each turn. */
  #visitLoop(node: ts.Node, visitTurn: () => void): void {
    const loop = this.#loop;
    this.#unit.branches += 1;
    this.#loop = this.#lineOf(node);
    visitTurn();
    this.#loop = loop;
  }

  /** A long `a + b + …` nests to the left: that side is gone down in a loop. */
  #visitBinary(node: ts.BinaryExpression): void {
    const chain = [node];
    let { left } = node;
    for (; isBinaryExpression(left); { left } = left) chain.push(left);
    this.visit(left);
    for (let at = chain.pop(); at !== undefined; at = chain.pop()) {
      this.#noteOperator(at);
      this.visit(at.right);
    }
  }

  #noteOperator({ left, operatorToken, right }: ts.BinaryExpression): void {
    switch (operatorToken.kind) {
      case kinds.EqualsToken:
        this.#file.names.assign(assignedTo(left), right, this.#unit.scope);
        break;
      case kinds.AmpersandAmpersandToken:
      case kinds.BarBarToken:
      case kinds.QuestionQuestionToken:
        this.#unit.branches += 1;
        break;
      default:
        break;
    }
  }

  #noteWait(): void {
    const { awaitLoops } = this.#unit;
    if (this.#loop !== undefined && !awaitLoops.includes(this.#loop)) awaitLoops.push(this.#loop);
  }

  #noteCall(node: ts.CallExpression | ts.NewExpression): void {
    const text = calleeText(node.expression, this.#file.source);
    // `traceMember(spans.x, …)(…)` and `(await client()).ask()`: what is called inside is visited on its own.
    if (text === undefined) return;
    const unit = this.#unit;
    const line = this.#lineOf(node);
    const isNew = node.kind === kinds.NewExpression;
    if (isUnattended(isNew ? `new ${text}` : text)) unit.unattended.push(line);
    if (!isNew && text.endsWith('.catch')) noteRejection(node, line, unit);
    this.calls.push({ text, isNew, node, line, unit });
  }
}

/** A function that nothing names is a part of the one around it; what a tool executes stands on its own. */
function isUnit({ name, tool }: FunctionCandidate): boolean {
  return name !== undefined || tool !== undefined;
}
