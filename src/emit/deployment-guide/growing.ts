import { code, marked, text, type Markdown } from '../../encode/markdown.js';
import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { checklist } from './checklist.js';

/** When what runs is no longer enough, and what comes then. */
export function growing(model: Model, stack: Stack): Markdown {
  const { collector, tail, kubernetes, metrics } = stack;
  return checklist([
    marked`Each quarter, and before the number of instances doubles: ${code(`obs-gen plan --instances ${stack.service.instances * 2}`)}, with the number you expect`,
    collector.instances === 1
      ? marked`More spans than one Collector takes: ${code('stack.collector.instances')} from 2 on puts a layer before them that keeps each trace together`
      : marked`${collector.instances} Collectors share the work behind a layer that keeps each trace together; add to both layers alike`,
    tail === undefined
      ? marked`More traces than anybody reads: ${code('stack.sampling.tail')} keeps what went wrong and a share of the rest`
      : undefined,
    metrics.remoteWrite === undefined
      ? marked`More series than one Prometheus holds: ${code('stack.metrics.remoteWrite')} sends them on to Mimir or Thanos, and ${code(`target.prometheus.dialect`)} has the rules written for it (now ${text(model.target.prometheus.dialect)})`
      : undefined,
    kubernetes === undefined
      ? marked`More than one machine: ${code('stack.kubernetes')} writes the manifests`
      : undefined,
  ]);
}
