import { ts } from 'ts-morph';
import type { Metric } from '../../model/model.js';
import type { Edit } from '../edit.js';
import { CallForms, isObstacle, recordingMethods, type CallForm } from './call-forms.js';
import { nodesNamed, type CodeBase } from './code-base.js';
import type { Definition } from './definitions.js';
import { innermost, outermost, symbolOf, unaliased, writtenName } from './expressions.js';
import { LabelValues } from './label-values.js';
import type { Obstacle } from './left-alone.js';
import { moduleNames } from './module-names.js';
import { namelessAccesses } from './nameless-access.js';
import { fate, isAssignmentTarget, isDeclarationName, isHarmless, nameOf } from './use-kinds.js';

/** What an expression stands for: the metric, one row of it, or the function that ends a timer with the labels given at its start. */
type Role = 'metric' | 'row' | ReadonlySet<string>;

/** Everything that the code does with one metric. */
export interface MetricUses {
  /** Edits of calls; those of definitions and types are made by others. */
  readonly edits: readonly { readonly source: ts.SourceFile; readonly edits: readonly Edit[] }[];
  /** Calls that record. */
  readonly calls: number;
  /** Every place that names the metric. */
  readonly places: readonly ts.Node[];
  /** Declarations of what holds it. */
  readonly holders: readonly ts.Declaration[];
  /** The first thing that stands in the way. */
  readonly obstacle: (Obstacle & { readonly node: ts.Node }) | undefined;
}

/** Of one file: another one has the same offsets. */
function isWithin(whole: ts.Node, part: ts.Node): boolean {
  const source = whole.getSourceFile();
  return (
    part.getSourceFile() === source &&
    whole.getStart(source) <= part.getStart(source) &&
    part.end <= whole.end
  );
}

/** How a metric may be handed on, and where that ends what can be followed. */
export class UseFinder {
  readonly #code: CodeBase;
  readonly #checker: ts.TypeChecker;
  readonly #forms: CallForms;
  readonly #quoteOf: (source: ts.SourceFile) => string;
  readonly #roles = new Map<ts.Declaration, Role>();
  readonly #names = new Set<string>();
  readonly #seen = new Set<ts.Node>();
  readonly #followed = new Set<ts.Node>();
  readonly #writes: ts.BinaryExpression[] = [];
  readonly #calls = new Set<ts.Node>();
  readonly #places: ts.Node[] = [];
  readonly #edits: { source: ts.SourceFile; edits: readonly Edit[] }[] = [];
  #obstacle: (Obstacle & { readonly node: ts.Node }) | undefined;
  #hasGrown = false;
  /** What stands in them goes with them: the body of `collect`. */
  #definitions: readonly ts.Node[] = [];

  constructor(
    code: CodeBase,
    metric: Metric,
    order: readonly string[],
    quoteOf: (source: ts.SourceFile) => string,
  ) {
    this.#code = code;
    this.#checker = code.checker;
    this.#forms = new CallForms(code.checker, metric.type, new LabelValues(code.checker, metric, order));
    this.#quoteOf = quoteOf;
  }

  /** Whether something was found since it was asked last. */
  #takeGrown(): boolean {
    const hasGrown = this.#hasGrown;
    this.#hasGrown = false;
    return hasGrown;
  }

  find(definitions: readonly Definition[]): MetricUses {
    this.#definitions = definitions.map(({ node }) => node);
    for (const { node } of definitions) this.#follow(node, 'metric');
    do {
      for (const name of [...this.#names])
        for (const { source } of this.#code.files)
          for (const node of nodesNamed(source, name)) if (!this.#seen.has(node)) this.#look(node);
      this.#lookAtDefaults();
    } while (this.#takeGrown());
    for (const write of this.#writes)
      if (!this.#followed.has(innermost(write.right)))
        this.#refuse(write, 'something else is assigned to what holds it', 'keep what holds it constant');
    this.#lookAtUnread();
    this.#lookAtDynamic();
    return {
      edits: this.#edits,
      calls: this.#calls.size,
      places: this.#places,
      holders: [...this.#roles].flatMap(([declaration, role]) => (role === 'metric' ? [declaration] : [])),
      obstacle: this.#obstacle,
    };
  }

  #refuse(node: ts.Node, reason: string, help: string): void {
    this.#obstacle ??= { node, reason, help };
  }

  /** A declaration stands for the metric: all that leads to it is looked at. */
  #hold(declarations: readonly ts.Declaration[] | undefined, role: Role, node: ts.Node): void {
    if (declarations === undefined || declarations.length === 0) {
      this.#refuse(node, 'what holds it cannot be followed', 'hold it in a constant');
      return;
    }
    for (const declaration of declarations) {
      if (this.#roles.has(declaration)) continue;
      if (this.#code.fileOf(declaration) === undefined) {
        this.#refuse(node, 'what holds it is declared outside of the code', 'hold it in a constant');
        continue;
      }
      this.#roles.set(declaration, role);
      this.#hasGrown = true;
      const name = nameOf(declaration);
      if (name !== undefined) this.#names.add(name);
    }
  }

  #roleOf(symbol: ts.Symbol | undefined): Role | undefined {
    for (const declaration of symbol?.declarations ?? []) {
      const role = this.#roles.get(declaration);
      if (role !== undefined) return role;
    }
    return undefined;
  }

  /** A name that what holds the metric has somewhere. */
  #look(node: ts.Node): void {
    const { parent } = node;
    if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) {
      this.#passedOn(node, parent);
      return;
    }
    if (
      ts.isBindingElement(parent) &&
      (parent.propertyName ?? parent.name) === node &&
      !this.#roles.has(parent)
    )
      if (this.#takenApart(node, parent)) return;
    if (ts.isPropertyAssignment(parent) && parent.name === node) {
      this.#otherValue(node, parent);
      return;
    }
    if (isDeclarationName(node)) return;
    const symbol = symbolOf(this.#checker, node);
    const role = this.#roleOf(symbol);
    if (role === undefined) {
      if (ts.isShorthandPropertyAssignment(parent)) this.#otherShorthand(parent);
      if (symbol === undefined) this.#unsure(node);
      return;
    }
    this.#seen.add(node);
    if (this.#definitions.some((each) => isWithin(each, node))) return;
    this.#places.push(node);
    if (ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent)) return;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) this.#follow(parent, role);
    else if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node)
      this.#follow(parent, role);
    else if (ts.isExpression(node)) this.#follow(node, role);
  }

  /** `import { requests as r }`, `export { requests }`: the other name counts from here on. */
  #passedOn(node: ts.Node, specifier: ts.ImportSpecifier | ts.ExportSpecifier): void {
    const symbol = this.#checker.getSymbolAtLocation(specifier.name);
    const role = this.#roleOf(symbol === undefined ? undefined : unaliased(this.#checker, symbol));
    if (role === undefined) {
      if (symbol !== undefined && ts.isImportSpecifier(specifier)) this.#unresolved(node, specifier, symbol);
      return;
    }
    this.#seen.add(node);
    this.#places.push(node);
    this.#addName(specifier.name.text);
  }

  #addName(name: string): void {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    this.#hasGrown = true;
  }

  /** An import by a relative path that leads nowhere, or to declarations of a build: it may well be the metric. */
  #unresolved(node: ts.Node, specifier: ts.ImportSpecifier, symbol: ts.Symbol): void {
    const { moduleSpecifier } = specifier.parent.parent.parent;
    if (!ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith('.')) return;
    const [target] = unaliased(this.#checker, symbol).declarations ?? [];
    if (target !== undefined && !target.getSourceFile().isDeclarationFile) return;
    this.#refuse(
      node,
      `\`${moduleSpecifier.text}\` is not in the code, so what it imports may be it`,
      'import the source itself',
    );
  }

  /** `import requests from './requests.js'`, `const requests = require('./requests')`: nothing but the module says which name that is. */
  #lookAtDefaults(): void {
    for (const { source } of this.#code.files)
      for (const { name, call } of moduleNames(source)) {
        if (name !== undefined && this.#names.has(name.text)) continue;
        const symbol = name === undefined ? undefined : symbolOf(this.#checker, name);
        if (name !== undefined && this.#roleOf(symbol) !== undefined) this.#addName(name.text);
        if (name === undefined && call !== undefined && this.#isWholeModule(call))
          this.#refuse(call, 'it is required without a name', 'require it into a constant');
      }
  }

  /** `require('./requests').inc()`, where the module is the metric. */
  #isWholeModule(call: ts.CallExpression): boolean {
    const [specifier] = call.arguments;
    const module = specifier === undefined ? undefined : this.#checker.getSymbolAtLocation(specifier);
    const exported = module?.exports?.get(ts.InternalSymbolName.ExportEquals);
    return this.#roleOf(exported && unaliased(this.#checker, exported)) !== undefined;
  }

  /** `const { requests } = metrics`; whether the name is one that holds the metric. */
  #takenApart(node: ts.Node, element: ts.BindingElement): boolean {
    const name = writtenName(node);
    const of = this.#checker.getTypeAtLocation(element.parent);
    const property = name === undefined ? undefined : of.getProperty(name);
    const role = this.#roleOf(property && unaliased(this.#checker, property));
    if (role === undefined) return false;
    this.#seen.add(node);
    this.#places.push(node);
    if (!ts.isIdentifier(element.name)) this.#refuse(node, 'it is taken apart', 'call its methods on it');
    else if (element.initializer !== undefined)
      this.#refuse(node, 'another value may stand in its place', 'take the default out');
    else this.#hold(this.#checker.getSymbolAtLocation(element.name)?.declarations, role, node);
    return true;
  }

  /** `{ requests: somethingElse }` for an object that is said to hold the metric. */
  #otherValue(node: ts.Node, property: ts.PropertyAssignment): void {
    const symbols = [this.#checker.getSymbolAtLocation(property.name), this.#contextual(property)];
    if (symbols.every((symbol) => this.#roleOf(symbol) === undefined)) return;
    const value = innermost(property.initializer);
    if (this.#followed.has(value)) this.#seen.add(node);
    else if (!this.#mayStillFollow(value))
      this.#refuse(node, 'another value is put in its place here', 'take it from where it is defined');
  }

  #otherShorthand(property: ts.ShorthandPropertyAssignment): void {
    if (this.#roleOf(this.#contextual(property)) === undefined) return;
    this.#refuse(property, 'another value is put in its place here', 'take it from where it is defined');
  }

  /** A name that is followed later in the same round. */
  #mayStillFollow(value: ts.Node): boolean {
    const name = ts.isPropertyAccessExpression(value) ? value.name : value;
    return (
      (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) &&
      this.#roleOf(symbolOf(this.#checker, name)) !== undefined
    );
  }

  #contextual(property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): ts.Symbol | undefined {
    const name = writtenName(property.name);
    const type = this.#checker.getContextualType(property.parent);
    return name === undefined ? undefined : type?.getProperty(name);
  }

  /** What an expression that stands for the metric is used for. */
  #follow(expression: ts.Expression, role: Role): void {
    if (this.#followed.has(expression)) return;
    this.#followed.add(expression);
    const at = outermost(expression);
    const { parent } = at;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === at) {
      this.#member(parent, role);
    } else if (ts.isCallExpression(parent) && parent.expression === at && typeof role === 'object') {
      this.#ended(parent, role);
    } else if (ts.isVariableDeclaration(parent) && parent.initializer === at) {
      if (ts.isIdentifier(parent.name)) this.#hold([parent], role, parent);
      else this.#refuse(parent, 'it is taken apart', 'call its methods on it');
    } else if (ts.isPropertyDeclaration(parent) && parent.initializer === at) {
      this.#hold(this.#checker.getSymbolAtLocation(parent.name)?.declarations, role, parent);
    } else if (ts.isPropertyAssignment(parent) && parent.initializer === at) {
      this.#heldBy(parent, role);
    } else if (ts.isShorthandPropertyAssignment(parent)) {
      this.#heldBy(parent, role);
    } else if (ts.isBinaryExpression(parent)) {
      this.#operand(at, parent, role);
    } else if (ts.isExportAssignment(parent)) {
      this.#addName('default');
      if (!ts.isIdentifier(at)) this.#hold([parent], role, parent);
    } else if (!isHarmless(at)) this.#handedOn(at, role);
  }

  #heldBy(property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment, role: Role): void {
    if (isAssignmentTarget(property.parent)) {
      this.#refuse(property, 'something else is assigned to what holds it', 'keep what holds it constant');
      return;
    }
    this.#hold(this.#checker.getSymbolAtLocation(property.name)?.declarations ?? [property], role, property);
    // The property's own symbol is not the one that a shorthand's name leads to.
    this.#hold([property], role, property);
    const contextual = this.#contextual(property);
    if (contextual?.declarations !== undefined) this.#hold(contextual.declarations, role, property);
  }

  #operand(at: ts.Expression, binary: ts.BinaryExpression, role: Role): void {
    const { kind } = binary.operatorToken;
    if (kind === ts.SyntaxKind.EqualsToken && binary.left === at) {
      this.#writes.push(binary);
      return;
    }
    if (kind === ts.SyntaxKind.EqualsToken) {
      const left = innermost(binary.left);
      const name = ts.isPropertyAccessExpression(left) ? left.name : left;
      const symbol =
        ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? symbolOf(this.#checker, name) : undefined;
      this.#hold(symbol?.declarations, role, binary);
      if (!ts.isExpressionStatement(binary.parent)) this.#follow(binary, role);
      return;
    }
    if (!isHarmless(at)) this.#handedOn(at, role);
  }

  #handedOn(at: ts.Expression, role: Role): void {
    if (typeof role === 'object') {
      // Whoever calls it gives it no labels, or nothing is known of what it is given.
      const missing = this.#forms.missing(role);
      if (missing !== undefined) this.#refuse(at, missing.reason, missing.help);
      return;
    }
    if (ts.isExpressionStatement(at.parent)) {
      if (ts.isNewExpression(at)) return;
      this.#refuse(at, 'it stands alone', 'take it out');
      return;
    }
    const what = role === 'row' ? 'a row of it' : 'it';
    this.#refuse(at, `${what} is ${fate(at)}`, 'call its methods where it is defined or imported');
  }

  #member(access: ts.PropertyAccessExpression, role: Role): void {
    const called = outermost(access);
    const call = called.parent;
    if (!ts.isCallExpression(call) || call.expression !== called || called !== access) {
      this.#refuse(access, `\`${access.name.text}\` is used without calling it`, 'call it');
      return;
    }
    if (typeof role === 'object') {
      this.#refuse(access, 'its timer is used as an object', 'call it');
      return;
    }
    const quote = this.#quoteOf(access.getSourceFile());
    const form = role === 'row' ? this.#forms.ofRow(call, access) : this.#forms.of(call, access, quote);
    if (isObstacle(form)) {
      this.#refuse(access.name, form.reason, form.help);
      return;
    }
    this.#called(form, access);
  }

  #called(form: CallForm, access: ts.PropertyAccessExpression): void {
    this.#places.push(form.whole);
    if (form.edits.length > 0) this.#edits.push({ source: access.getSourceFile(), edits: form.edits });
    if (form.row !== undefined) {
      this.#follow(form.row, 'row');
      return;
    }
    this.#calls.add(form.whole);
    if (form.timer !== undefined) this.#follow(form.whole, form.timer);
  }

  #ended(call: ts.CallExpression, known: ReadonlySet<string>): void {
    const edits = this.#forms.ofTimer(call, known, this.#quoteOf(call.getSourceFile()));
    if ('reason' in edits) this.#refuse(call, edits.reason, edits.help);
    else if (edits.length > 0) this.#edits.push({ source: call.getSourceFile(), edits });
    this.#places.push(call);
  }

  /** `context.requests.inc()`, where nothing tells what `context` is: it may stay as it is, and may not need a change. */
  #unsure(node: ts.Node): void {
    const access = node.parent;
    if (!ts.isPropertyAccessExpression(access) || access.name !== node) return;
    const outer = access.parent;
    if (!ts.isPropertyAccessExpression(outer) || !recordingMethods.has(outer.name.text)) return;
    const call = outer.parent;
    if (!ts.isCallExpression(call) || call.expression !== outer) return;
    const form = this.#forms.of(call, outer, this.#quoteOf(node.getSourceFile()));
    if (!isObstacle(form) && form.edits.length === 0) return;
    this.#refuse(
      node,
      `\`${access.getText().replace(/\s+/g, ' ').slice(0, 60)}\` may be it, but nothing tells what \`${access.expression.getText().slice(0, 40)}\` is`,
      'say its type, or call it in a form that helpers have as well',
    );
  }

  /** `metrics[name]`, `Object.values(metrics)`: members that nobody names. */
  #lookAtDynamic(): void {
    if (this.#obstacle !== undefined) return;
    for (const { whole, declarations } of namelessAccesses(this.#code))
      if (declarations.some((declaration) => this.#roles.has(declaration)))
        this.#refuse(
          whole,
          `\`${whole.getText().replace(/\s+/g, ' ').slice(0, 60)}\` takes it without naming it`,
          'name it',
        );
  }

  #lookAtUnread(): void {
    for (const { path, text } of this.#code.unread) {
      const name = [...this.#names].find((each) => text.includes(each));
      if (name === undefined) continue;
      const [place] = this.#places;
      if (place !== undefined)
        this.#refuse(place, `\`${path}\` has the name \`${name}\` and cannot be read`, 'mend that file');
    }
  }
}
