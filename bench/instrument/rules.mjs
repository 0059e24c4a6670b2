// The rules of the benchmark, as `compileRules` makes them of a spec.
const spanOf = (rule) => ({
  rule,
  span: { name: 'agent.run', member: 'agentRun' },
  attributes: [],
  style: 'wrap',
});
const rulesOf = (label, match) => ({ rules: [{ label, match, not: [], insertion: spanOf(0) }] });

/** A class that stands in one file of twenty. */
export const fewClasses = rulesOf('few', { class: '*ResearchAgent', method: 'run' });
/** Every function there is. */
export const everyFunction = rulesOf('all', {
  kind: ['function', 'expression', 'method', 'object method', 'getter', 'setter', 'constructor'],
});
