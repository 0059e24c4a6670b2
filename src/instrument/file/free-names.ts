import { ts } from 'ts-morph';

const { forEachChild, isIdentifier } = ts;
const {
  BindingElement: bindingElement,
  EnumMember: enumMember,
  GetAccessor: getAccessor,
  ImportSpecifier: importSpecifier,
  JsxAttribute: jsxAttribute,
  MethodDeclaration: methodDeclaration,
  MethodSignature: methodSignature,
  PropertyAccessExpression: propertyAccessExpression,
  PropertyAssignment: propertyAssignment,
  PropertyDeclaration: propertyDeclaration,
  PropertySignature: propertySignature,
  QualifiedName: qualifiedName,
  SetAccessor: setAccessor,
} = ts.SyntaxKind;

/** Tells whether a name may be declared at the top of a file without meaning something else anywhere in it. */
export class FreeNames {
  private taken: Set<string> | undefined;
  private readonly source: ts.SourceFile;

  constructor(source: ts.SourceFile) {
    this.source = source;
  }

  /** The name, or the name with the first number that makes it free. */
  freeForm(name: string): string {
    if (this.isFree(name)) return name;
    let count = 1;
    while (!this.isFree(`${name}${count}`)) count += 1;
    return `${name}${count}`;
  }

  /** The parser knows all words of a file; only a word among them is worth a walk, since most are members of something. */
  private isFree(name: string): boolean {
    const { identifiers } = this.source as { identifiers?: ReadonlyMap<string, string> };
    if (identifiers !== undefined && !identifiers.has(name)) return true;
    this.taken ??= takenNames(this.source);
    return !this.taken.has(name);
  }
}

function takenNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node, parent: ts.Node): void => {
    if (isIdentifier(node)) {
      if (!isMemberName(node, parent)) names.add(node.text);
      return;
    }
    forEachChild(node, (child) => {
      visit(child, node);
    });
  };
  visit(source, source);
  return names;
}

/** Whether an identifier names a member of something rather than a thing in scope. */
export function isMemberName(node: ts.Identifier, parent: ts.Node): boolean {
  switch (parent.kind) {
    case propertyAccessExpression:
    case propertyAssignment:
    case propertyDeclaration:
    case propertySignature:
    case methodDeclaration:
    case methodSignature:
    case getAccessor:
    case setAccessor:
    case enumMember:
    case jsxAttribute:
      return (parent as ts.PropertyDeclaration).name === node;
    case qualifiedName:
      return (parent as ts.QualifiedName).right === node;
    case importSpecifier:
    case bindingElement:
      return (parent as ts.BindingElement).propertyName === node;
    default:
      return false;
  }
}
