// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AgentEnvironment } from './environment.js';
import { replace } from './iterator.js';
import { wrapTool } from './tools.js';
import { fieldsOf, text } from './wire.js';

type Callable = (this: unknown, ...args: never[]) => unknown;

/** The methods by which frameworks call a tool. */
const methods = ['execute', 'invoke', 'handler', 'callback', 'function', 'func', 'call', 'run'] as const;

/** Measures all tools of a registry; see `Agents.wrapTools`. */
export function wrapTools<T extends object>(environment: AgentEnvironment, tools: T): T {
  if (Array.isArray(tools)) return tools.map((tool) => wrapOne(environment, tool, undefined)) as unknown as T;
  if (tools instanceof Map) {
    const entries = Array.from(tools as Map<unknown, unknown>, ([key, tool]): [unknown, unknown] => [
      key,
      wrapOne(environment, tool, typeof key === 'string' ? key : undefined),
    ]);
    return new Map(entries) as unknown as T;
  }
  const copy = copyOf(tools);
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(tools))) {
    if ('value' in descriptor) replace(copy, key, wrapOne(environment, descriptor.value, key));
  }
  return copy as T;
}

/** A tool that is measured; anything else comes back as it is. */
function wrapOne(environment: AgentEnvironment, tool: unknown, key: string | undefined): unknown {
  if (typeof tool === 'function') {
    const name = key ?? tool.name;
    return name === '' ? tool : wrapTool(environment, name, tool as Callable);
  }
  const fields = fieldsOf(tool);
  if (fields === undefined) return tool;
  // Tools of OpenAI's runner: `{ type: 'function', function: { name, function } }`.
  const inner = fieldsOf(fields['function']);
  if (inner !== undefined) return withMember(fields, 'function', wrapOne(environment, inner, key));
  const name = text(fields, 'name') ?? key;
  const method = methods.find((each) => typeof fields[each] === 'function');
  if (name === undefined || method === undefined) return tool;
  return withMember(fields, method, wrapTool(environment, name, fields[method] as Callable));
}

/** A plain object is copied; the object of a class keeps its identity, since its private members are bound to it. */
function withMember(fields: object, name: string, value: unknown): object {
  const prototype: unknown = Object.getPrototypeOf(fields);
  const target = prototype === Object.prototype || prototype === null ? copyOf(fields) : fields;
  replace(target, name, value);
  return target;
}

function copyOf(value: object): object {
  return Object.create(
    Object.getPrototypeOf(value) as object | null,
    Object.getOwnPropertyDescriptors(value),
  ) as object;
}
