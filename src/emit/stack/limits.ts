import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import type { PartName } from '../../stack/parts.js';

const mebibyte = 1024 ** 2;

/** What a container may use of the machine. */
export interface Limits {
  /** Bytes. */
  readonly memory: number;
  readonly cpus: number;
  readonly processes: number;
}

/** Prometheus needs so much before it has a series, and so much for each that it holds: its index, its last samples, what queries read. */
const memoryOfPrometheus = 512 * mebibyte;
const memoryOfSeries = 8192;

/** Enough for one service on one machine; a variable of the compose file's environment goes before each. */
const usual: Readonly<Record<PartName, Limits>> = {
  prometheus: { memory: 1024 * mebibyte, cpus: 2, processes: 512 },
  alertmanager: { memory: 128 * mebibyte, cpus: 0.5, processes: 128 },
  grafana: { memory: 512 * mebibyte, cpus: 1, processes: 256 },
  collector: { memory: 512 * mebibyte, cpus: 2, processes: 256 },
  balancer: { memory: 512 * mebibyte, cpus: 2, processes: 256 },
  loki: { memory: 1024 * mebibyte, cpus: 2, processes: 256 },
  tempo: { memory: 1024 * mebibyte, cpus: 2, processes: 256 },
  jaeger: { memory: 1024 * mebibyte, cpus: 2, processes: 256 },
  pushgateway: { memory: 128 * mebibyte, cpus: 0.5, processes: 128 },
  gpu: { memory: 192 * mebibyte, cpus: 0.5, processes: 128 },
};

/** The limit of Prometheus grows with the worst case that the spec allows its instances, in steps of 256 MiB. */
function prometheusMemory(model: Model, stack: Stack): number {
  const series = model.budgets.seriesPerInstance * stack.service.instances;
  const step = 256 * mebibyte;
  return Math.ceil((memoryOfPrometheus + series * memoryOfSeries) / step) * step;
}

/** What the container of a part may use. */
export function limitsOf(model: Model, stack: Stack, part: PartName): Limits {
  const limits = usual[part];
  switch (part) {
    case 'prometheus':
      return { ...limits, memory: Math.max(limits.memory, prometheusMemory(model, stack)) };
    case 'collector':
    case 'balancer':
      return { ...limits, memory: stack.collector.memory };
    default:
      return limits;
  }
}

/** A size as compose files have it, in whole mebibytes. */
export function composeSize(bytes: number): string {
  return `${Math.ceil(bytes / mebibyte)}m`;
}

/** The share of its memory from which a program in Go clears up more often. */
const shareOfGo = 0.8;

/** GOMEMLIMIT, for programs that do not look for a limit themselves. */
export function goMemoryLimit(bytes: number): string {
  return `${Math.floor((bytes * shareOfGo) / mebibyte)}MiB`;
}
