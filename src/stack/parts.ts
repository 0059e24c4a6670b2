import { alertmanagerOf, hasReceivers } from '../alertmanager/settings.js';
import type { Model } from '../model/model.js';
import type { Stack } from '../model/stack.js';

/** The programs of a stack. `balancer` is the first layer of Collectors, which spreads traces over those of the second. */
export const partNames = [
  'prometheus',
  'alertmanager',
  'grafana',
  'collector',
  'balancer',
  'loki',
  'tempo',
  'jaeger',
  'pushgateway',
  'gpu',
] as const;
export type PartName = (typeof partNames)[number];

/** The parts that the stack of a spec consists of, in the order in which they are shown. */
export function partsOf(model: Model, stack: Stack): readonly PartName[] {
  const needed: Readonly<Record<PartName, boolean>> = {
    prometheus: true,
    // Without anybody to tell it has no configuration.
    alertmanager: hasReceivers(alertmanagerOf(model)),
    grafana: true,
    collector: true,
    balancer: stack.collector.instances > 1,
    loki: stack.logs.endpoint === undefined,
    tempo: stack.traces.store === 'tempo' && stack.traces.endpoint === undefined,
    jaeger: stack.traces.store === 'jaeger' && stack.traces.endpoint === undefined,
    pushgateway: stack.pushgateway,
    gpu: stack.gpuExporter,
  };
  return partNames.filter((part) => needed[part]);
}
