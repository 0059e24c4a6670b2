import { ts } from 'ts-morph';
import { calleeText } from '../../find/names.js';
import { namesIn } from './bindings.js';

/** What is there in browsers only. */
const ofBrowsers: ReadonlySet<string> = new Set(['window', 'document', 'localStorage', 'sessionStorage']);

/** Functions whose callbacks are sent to a browser, as text. */
const sentToBrowsers =
  /(?:^|\.)(?:evaluate|evaluateHandle|evaluateOnNewDocument|addInitScript|waitForFunction|\$eval|\$\$eval|executeScript|executeAsyncScript)$/;

const files = new WeakMap<ts.SourceFile, string | undefined>();

/** Why code at a node seems to run in a browser: the fact; undefined where it does not. */
export function browserSign(node: ts.Node, source: ts.SourceFile): string | undefined {
  if (!files.has(source)) files.set(source, signOf(source));
  return files.get(source) ?? sentAway(node, source);
}

function signOf(source: ts.SourceFile): string | undefined {
  if (source.statements.some(isOfNode)) return undefined;
  for (const [name, { declarations, uses }] of namesIn(source, ofBrowsers))
    if (declarations.length === 0 && uses.length > 0) return `it uses \`${name}\``;
  return undefined;
}

/** `import { readFile } from 'node:fs/promises'`. */
function isOfNode(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) &&
    ts.isStringLiteral(statement.moduleSpecifier) &&
    statement.moduleSpecifier.text.startsWith('node:')
  );
}

function sentAway(node: ts.Node, source: ts.SourceFile): string | undefined {
  for (let each = node; !ts.isSourceFile(each); each = each.parent) {
    if (!ts.isArrowFunction(each) && !ts.isFunctionExpression(each)) continue;
    const { parent } = each;
    if (!ts.isCallExpression(parent) || parent.expression === each) continue;
    const name = calleeText(parent.expression, source);
    if (name !== undefined && sentToBrowsers.test(name)) return `\`${name}\` sends its function there`;
  }
  return undefined;
}
