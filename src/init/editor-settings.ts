import { ts } from 'ts-morph';

/** What became of the settings. */
export type Settings =
  | { readonly kind: 'changed'; readonly text: string }
  | { readonly kind: 'same' }
  | { readonly kind: 'kept'; readonly reason: string };

const key = 'yaml.schemas';

function property(object: ts.ObjectLiteralExpression, name: string): ts.PropertyAssignment | undefined {
  return object.properties.find(
    (each): each is ts.PropertyAssignment =>
      ts.isPropertyAssignment(each) && ts.isStringLiteral(each.name) && each.name.text === name,
  );
}

/** A text with a property put in as the first one of an object; comments and everything else stay. */
function withFirst(
  text: string,
  object: ts.ObjectLiteralExpression,
  source: ts.JsonSourceFile,
  written: string,
  indent: string,
): string {
  const at = object.getStart(source) + 1;
  const isEmpty = object.properties.length === 0;
  const rest = text.slice(at);
  const outer = indent.slice(0, Math.max(0, indent.length - (indent.startsWith('\t') ? 1 : 2)));
  // An empty object has nothing, or a comment, before its end.
  const end = isEmpty && /^\s*\}/.test(rest) ? `\n${outer}${rest.trimStart()}` : rest;
  return `${text.slice(0, at)}\n${indent}${written}${isEmpty ? '' : ','}${end}`;
}

/**
 * Tells the YAML extension of Visual Studio Code which schema a spec has.
 * @param text .vscode/settings.json, which may have comments; undefined where there is none
 * @param schema path of the schema, relative to the folder that is opened
 * @param spec pattern of the specs
 */
export function withSchema(text: string | undefined, schema: string, spec: string): Settings {
  const entry = `${JSON.stringify(schema)}: ${JSON.stringify(spec)}`;
  if (text === undefined || text.trim() === '')
    return { kind: 'changed', text: `{\n  ${JSON.stringify(key)}: {\n    ${entry}\n  }\n}\n` };
  const source = ts.parseJsonText('settings.json', text);
  const { parseDiagnostics } = source as ts.JsonSourceFile & {
    readonly parseDiagnostics: readonly unknown[];
  };
  const root = source.statements[0]?.expression;
  if (parseDiagnostics.length > 0 || root === undefined || !ts.isObjectLiteralExpression(root))
    return { kind: 'kept', reason: 'it is no JSON' };
  const indent = /^([ \t]+)["/]/m.exec(text)?.[1] ?? '  ';
  const schemas = property(root, key);
  if (schemas === undefined) {
    const written = `${JSON.stringify(key)}: {\n${indent}${indent}${entry}\n${indent}}`;
    return { kind: 'changed', text: withFirst(text, root, source, written, indent) };
  }
  if (!ts.isObjectLiteralExpression(schemas.initializer))
    return { kind: 'kept', reason: `its ${key} is no object` };
  const known = property(schemas.initializer, schema);
  if (known !== undefined) return { kind: 'same' };
  return { kind: 'changed', text: withFirst(text, schemas.initializer, source, entry, indent + indent) };
}
