import { ts } from 'ts-morph';
import type { FunctionCandidate } from '../../instrument/candidate.js';
import { outermost } from '../../instrument/find/names.js';
import type { FunctionFacts } from './facts.js';
import { isRelative } from './names-in-file.js';
import type { Unit } from './unit.js';

/** What was read of a function, without the nodes that it was read from. */
export function functionFacts(path: string, unit: Unit, candidate: FunctionCandidate): FunctionFacts {
  const { kind, name, className, classNode, tool, isExported, isAsync, node } = candidate;
  const { firstLine: line, lastLine } = unit;
  noteInnerQueue(unit, line);
  const holder = outermost(node).parent;
  const isMember =
    kind === 'object method' ||
    ts.isObjectLiteralExpression(node.parent) ||
    (kind === 'expression' && ts.isPropertyAssignment(holder));
  return {
    path,
    line,
    kind,
    name: name ?? tool?.name ?? 'tool',
    className: classNode === undefined ? undefined : className,
    isMember,
    tool: tool === undefined ? undefined : (tool.name ?? ''),
    toolBy: isOwnTool(tool?.callee, unit) ? undefined : tool?.callee,
    isExported: isExported && name?.startsWith('#') !== true,
    isAsync,
    lines: lastLine - line + 1,
    branches: unit.branches,
    operations: unit.operations,
    handling: { catches: unit.catches, swallowed: unit.swallowed },
    awaitLoops: unit.awaitLoops,
    unattended: unit.unattended,
    telemetry: unit.telemetry,
    uses: unit.uses,
  };
}

/** `askAgentTool(…)` of a file of the tree makes a tool that the tree runs itself. */
function isOwnTool(callee: string | undefined, { scope }: Unit): boolean {
  const origin = callee === undefined ? undefined : scope.get(callee.split('.')[0] ?? '');
  return origin !== undefined && isRelative(origin.module);
}

/** A queue within the process: a class that is called one, by the methods that take work in and give it out. */
function noteInnerQueue({ candidate, operations }: Unit, line: number): void {
  const { className = '', classNode, name = '' } = candidate ?? {};
  if (classNode === undefined || !className.endsWith('Queue')) return;
  if (/^#?(?:push|enqueue|add|dequeue|process|work|publish)$/.test(name))
    operations.push({
      activity: 'queue',
      callee: `${className}.${name}`,
      line,
      module: undefined,
      isTraced: false,
    });
}
