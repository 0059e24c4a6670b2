import { counted, type Flow } from './flows.js';
import type { Subject } from './subject.js';

/** What the service is there for: runs of agents, else requests that it serves, else the outermost of what it does. */
export function mainFlowOf({ model, flows }: Subject): Flow | undefined {
  const known = flows.filter((flow) => counted(flow) !== undefined);
  const inner = new Set(
    [...model.spans.values()].flatMap(({ name, children }) => children.filter((each) => each !== name)),
  );
  return (
    known.find(({ span }) => span?.convention === 'gen_ai.invoke_agent') ??
    known.find(({ span }) => span?.kind === 'server' || span?.kind === 'consumer') ??
    known.find(({ span }) => span !== undefined && !inner.has(span.name)) ??
    known[0]
  );
}
