import { code, marked, table, text, type Markdown } from '../../encode/markdown.js';
import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { images } from '../../stack/images.js';
import { partsOf, type PartName } from '../../stack/parts.js';
import { apiPorts, otlpPorts } from '../../stack/ports.js';
import { listed, timeWords } from '../markdown/words.js';

/** What each part is there for. */
const purposes: Readonly<Record<PartName, Markdown>> = {
  prometheus: marked`scrapes the service and the other parts, evaluates the rules`,
  alertmanager: marked`tells people of alerts`,
  grafana: marked`shows the dashboards`,
  collector: marked`takes traces and logs, hides what is secret, samples, passes on`,
  balancer: marked`spreads traces over the Collectors by their id`,
  loki: marked`keeps log lines`,
  tempo: marked`keeps traces`,
  jaeger: marked`keeps traces`,
  pushgateway: marked`keeps the last metrics of jobs that have ended`,
  gpu: marked`tells of the GPUs of its machine`,
};

/** How long a part keeps what it is given; undefined where it keeps nothing of it. */
export function retentionOf(stack: Stack, part: PartName): Markdown | undefined {
  switch (part) {
    case 'prometheus':
      return text(timeWords(stack.metrics.retention));
    case 'loki':
      return text(timeWords(stack.logs.retention));
    case 'tempo':
    case 'jaeger':
      return text(timeWords(stack.traces.retention));
    default:
      return undefined;
  }
}

function portsOf(part: PartName): Markdown {
  const own = [apiPorts[part]];
  const ports = part === 'collector' || part === 'balancer' ? [...Object.values(otlpPorts), ...own] : own;
  return listed(ports.map((port) => code(String(port))));
}

/** The parts with what they are for, their images, ports and what they keep. */
export function partTable(model: Model, stack: Stack): Markdown {
  return table(
    [marked`Part`, marked`What for`, marked`Release`, marked`Ports`, marked`Keeps for`],
    partsOf(model, stack).map((part) => [
      code(part),
      purposes[part],
      code(images[part].tag),
      portsOf(part),
      retentionOf(stack, part) ?? marked``,
    ]),
  );
}
