import { at, none, spanAt, type Trace } from '../tree/trace.js';
import { textOf, type Vocabulary } from './vocabulary.js';

/** Whose work each span is, and what it calls. */
export interface Who {
  /** Name of the agent that the span is of: its own, else that of the nearest span above. */
  readonly agent: readonly (string | undefined)[];
  /** Index of the span that the agent's run began with: the highest of those in a row with this agent. */
  readonly run: Int32Array;
  readonly tool: readonly (string | undefined)[];
  readonly model: readonly (string | undefined)[];
}

/** Reads agents, tools and models off the spans; a run of an agent inside another one's is its own. */
export function whoOf(trace: Trace, words: Vocabulary): Who {
  const { spans, order, parent } = trace;
  const agent = new Array<string | undefined>(spans.length).fill(undefined);
  const run = new Int32Array(spans.length).fill(none);
  const tool = new Array<string | undefined>(spans.length).fill(undefined);
  const model = new Array<string | undefined>(spans.length).fill(undefined);
  for (const span of order) {
    const { attributes } = spanAt(trace, span);
    const above = at(parent, span);
    const ofAbove = above === none ? undefined : agent[above];
    const own = textOf(attributes, words.agent);
    agent[span] = own ?? ofAbove;
    const opensRun = own !== undefined && (own !== ofAbove || isRun(attributes.get('gen_ai.operation.name')));
    run[span] = opensRun || above === none ? span : at(run, above);
    tool[span] = textOf(attributes, words.tool);
    model[span] = textOf(attributes, words.model);
  }
  return { agent, run, tool, model };
}

/** An agent that calls itself is a run below a run, although the name is the same. */
function isRun(operation: unknown): boolean {
  return operation === 'invoke_agent';
}
