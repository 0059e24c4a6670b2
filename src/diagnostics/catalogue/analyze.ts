import { entries } from './entry.js';

/** OBS53xx: what the analysis of code finds. */
export const analyzeEntries = entries({
  OBS5301: {
    severity: 'error',
    title: 'too little of the code is observed',
    explanation: `obs-gen analyze scores functions by what they do: calls of models, tools, queues, services and databases, handling of errors, loops \
that wait. Those with a score of at least 10 (--min-score) count. Of these, fewer have a span or a metric than the floor asks for. A function is \
observed where it opens a span or records a metric itself, or where all that call it do and it does nothing outside of the process; each function \
counts the same, whatever its score.

See what is missing, let rules be proposed, and instrument:

  obs-gen analyze
  obs-gen analyze --write-rules --out-file rules.yaml

The floor stands in the spec, or is given with --floor:

  instrument:
    coverage: { floor: 80 }`,
  },
  OBS5302: {
    severity: 'warning',
    title: 'no function to score',
    explanation: `Files were read, and none of their functions does anything that telemetry would be needed for: no calls of models, services, databases \
or queues, no errors that vanish, no loops that wait. There is nothing to cover, so the coverage is 100 %, and a floor is met without saying anything. \
Mostly the wrong folder was named, or instrument.include of the spec means only a part of the code.

Name the folder, or count functions of lower scores too:

  obs-gen analyze src --min-score 5`,
  },
  OBS5303: {
    severity: 'info',
    title: 'no rules to propose',
    explanation: `obs-gen analyze --write-rules proposes rules for the functions with the highest scores that have no span. There is none: all that count \
are observed, or those that are not are constructors and accessors, which rules mean only where they name them.

Look further down the list:

  obs-gen analyze --write-rules --min-score 5 --top 50`,
  },
});
