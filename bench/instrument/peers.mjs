// The same work by others, as far as they can do it: each puts a call around functions and an import on top, and prints the file.
import { Project } from 'ts-morph';

const imported = "import { spans, traceFunction } from '../generated/instrument.js';";

/** jscodeshift: every function that is declared, a method or an arrow. */
export async function jscodeshiftAll(texts, measured) {
  const { default: jscodeshift } = await import('jscodeshift');
  const j = jscodeshift.withParser('ts');
  return measured(() => {
    let length = 0;
    for (const [, text] of texts) length += instrumented(j, text).length;
    return length;
  });
}

function instrumented(j, text) {
  const root = j(text);
  const traced = (name, value) =>
    j.callExpression(j.identifier('traceFunction'), [
      j.memberExpression(j.identifier('spans'), j.identifier('agentRun')),
      j.literal(name),
      value,
    ]);
  root.find(j.ArrowFunctionExpression).replaceWith(({ node }) => traced('arrow', node));
  root.find(j.ClassBody).forEach(({ node }) => {
    const methods = node.body.filter((each) => each.type === 'ClassMethod' && each.kind === 'method');
    if (methods.length === 0) return;
    const calls = methods.map(({ key }) => j.expressionStatement(traced(key.name ?? '', j.thisExpression())));
    node.body.unshift(j.staticBlock(calls));
  });
  root.find(j.FunctionDeclaration).forEach((path) => {
    const { id } = path.node;
    if (id === null || id === undefined) return;
    const statement = j.expressionStatement(traced(id.name, j.identifier(id.name)));
    const at = path.parent.node.type === 'ExportNamedDeclaration' ? path.parent : path;
    if (at.parent.node.type === 'Program') at.insertAfter(statement);
  });
  root.get().node.program.body.unshift(j.template.statement([imported]));
  return root.toSource();
}

/** ts-morph's manipulation: each edit parses the file again, so it is given one function of each file and no more. */
export async function tsMorphOneOfFile(root, measured) {
  const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true });
  return measured(() => {
    let length = 0;
    for (const path of project.getFileSystem().globSync([`${root}/src/**/*.ts`])) {
      const file = project.addSourceFileAtPath(path);
      const method = file.getClasses()[0]?.getMethods()[0];
      const declared = method ?? file.getFunctions()[0];
      declared?.insertStatements(0, 'const span = spans.agentRun.start();');
      file.insertStatements(0, imported);
      length += file.getFullText().length;
      file.forget();
    }
    return length;
  });
}
