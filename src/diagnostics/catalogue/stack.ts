import { entries } from './entry.js';

/** OBS38xx: the stack that the signals are stored in. */
export const stackEntries = entries({
  OBS3801: {
    severity: 'warning',
    title: 'decided before an objective is',
    explanation: `The Collector holds the spans of a trace for \`wait\`, from the first that arrives, and then decides whether the trace is kept. A span is sent when it ends: the ones that end last are those of the run itself. Where an objective counts a run of that length as good, its trace is decided while it still runs, without its error and its length.

  slis: { run_latency: { latency: { histogram: gen_ai_invoke_agent_duration_seconds, threshold: 102.4s } } }
  stack: { sampling: { tail: { wait: 60s } } }          # 135s would see it through

Spans that come later follow what was decided. Raise \`wait\`; it costs memory, see OBS3804.`,
  },
  OBS3802: {
    severity: 'warning',
    title: 'decided before it is slow',
    explanation: `\`slowerThan\` keeps the traces that took longer, and \`wait\` is over before such a trace can be: when it is decided, only its first spans are known.

  tail: { slowerThan: 30s, wait: 20s }      # a trace of 31 s looks as short as any other
  tail: { slowerThan: 30s }                 # waits for 60s

Leave \`wait\` out, or let it be longer than \`slowerThan\` by what spans need to arrive.`,
  },
  OBS3803: {
    severity: 'warning',
    title: 'no trace is kept',
    explanation: `\`keepErrors: false\` with \`rest: 0\`, and neither \`slowerThan\` nor \`keepRuns\`, keeps nothing but what \`obs-gen doctor\` sends. A trace store without traces is all that comes of it; spans are counted in any case.

Keep a share of the rest, or errors.`,
  },
  OBS3804: {
    severity: 'warning',
    title: 'more traces than memory',
    explanation: `Every trace is in memory for \`wait\`, whether it is kept or not: \`tracesPerSecond\` times \`wait\`, divided among the Collectors. Worked out with 20 spans a trace and the bytes that a span was measured to take, that is more than the part of \`collector.memory\` that is filled before a Collector refuses spans. Then services hold them back, and drop them when their queues are full.

  collector: { memory: 512MiB }
  sampling: { tail: { wait: 60s, tracesPerSecond: 1000 } }       # 1.6 GiB of spans

Raise \`memory\` or \`instances\`, or shorten \`wait\`. Where traces are much smaller, suppress the finding with that reason.`,
  },
  OBS3805: {
    severity: 'warning',
    title: 'agent that no span names',
    explanation: `\`keepRuns\` keeps the traces in which a span has the attribute gen_ai.agent.name with one of the names. Either no span of the spec exports that attribute, or its label has a closed list of values, and the name is none of them.

  presets: [agent]
  stack: { sampling: { tail: { keepRuns: [planner], rest: 0.1 } } }

Correct the name, or let the span that stands for a run say which agent's it is.`,
  },
  OBS3806: {
    severity: 'warning',
    title: 'every trace is kept anyway',
    explanation: `\`rest\` is the share of the traces that nothing else keeps, and without it all of them are kept. Then \`keepErrors\`, \`slowerThan\` and \`keepRuns\` choose from nothing, and the Collector holds every trace in memory to no end.

  tail: { slowerThan: 30s }                 # keeps everything
  tail: { slowerThan: 30s, rest: 0.1 }      # slow ones, errors, and a tenth of the others

Set \`rest\`, or remove \`tail\`.`,
  },
});
