// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { closedLabel } from '../metrics/label.js';
import { labelledCounter } from '../metrics/counter.js';
import { labelledGauge } from '../metrics/gauge.js';
import type { Aggregation } from './aggregation.js';

const kinds = ['process', 'thread'] as const;
const states = ['answered', 'late'] as const;

/** Puts on the page whose metrics are on it. To be called once. */
export function showMembers(aggregation: Aggregation): void {
  const kind = closedLabel({ key: 'obsgen.member.kind', values: kinds });
  const state = closedLabel({ key: 'obsgen.member.state', values: states });
  labelledGauge({
    name: 'obsgen_members',
    help: 'Processes and threads besides this one whose metrics are on the page; of late ones the last known values.',
    labels: { kind, state },
  }).observe(() =>
    kinds.flatMap((kindName) =>
      states.map((stateName) => {
        const members = aggregation
          .states()
          .filter((member) => member.kind === kindName && member.isLate === (stateName === 'late'));
        return [{ kind: kindName, state: stateName }, members.length] as const;
      }),
    ),
  );
  const ended = labelledCounter({
    name: 'obsgen_members_ended_total',
    help: 'Processes and threads that have ended; their counts are still on the page.',
    labels: { kind },
  });
  aggregation.sources.forEach((source) => {
    ended.with({ kind: source.kind }).observe(() => source.ended);
  });
}
