import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Model } from '../../../model/model.js';
import type { Stack } from '../../../model/stack.js';
import { compareVersions, parseVersion } from '../../../targets/feature.js';
import { partsOf } from '../../parts.js';
import { stackPaths } from '../../paths.js';
import { secretsOf } from '../../secrets.js';
import type { StackFolder } from '../folder.js';
import { fileOf } from '../given-file.js';
import { StackFault } from '../stack-fault.js';
import type { AlertsTo } from './alertmanager.js';
import { localStack } from './local-stack.js';
import { planParts, targetsOf } from './parts.js';
import type { PartPlan } from './plan.js';
import { choosePorts } from './ports.js';
import { programVersion } from './program-version.js';
import { findProgram, howToGet, isNative, isNeeded, type NativePart } from './programs.js';

/** What the user wants of a stack on this machine. */
export interface Wish {
  readonly model: Model;
  readonly stack: Stack;
  /** Absolute. */
  readonly out: string;
  readonly folder: StackFolder;
  /** Addresses of the service in place of the spec's; empty: the spec's. */
  readonly targets: readonly string[];
  readonly alertsTo: AlertsTo;
  readonly autoPorts: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** What is to be started, and what people have to know of it. */
export interface Prepared {
  readonly parts: readonly PartPlan[];
  readonly previewPort: number;
  readonly targets: readonly string[];
  readonly notes: readonly string[];
}

const lost: Partial<Record<NativePart, string>> = {
  collector: 'spans and logs have nowhere to go',
  loki: 'logs are not stored',
  tempo: 'traces are not stored',
  jaeger: 'traces are not stored',
};

/** The parts that are wanted: of the stack those that a program here can be, and Alertmanager where somebody is to hear of alerts. */
function wantedParts({ model, alertsTo, out }: Wish, stack: Stack): readonly NativePart[] {
  const parts = partsOf(model, stack).filter(isNative);
  const hasAlertmanager = typeof alertsTo === 'object' || existsSync(join(out, stackPaths.alertmanager));
  const others = parts.filter((part) => part !== 'alertmanager');
  return hasAlertmanager ? [...others, 'alertmanager'] : others;
}

interface Found {
  readonly programs: ReadonlyMap<NativePart, string>;
  readonly notes: readonly string[];
}

/** @throws StackFault where a program is missing that cannot be done without */
function findPrograms(wanted: readonly NativePart[], env: NodeJS.ProcessEnv): Found {
  const programs = new Map<NativePart, string>();
  const missing: NativePart[] = [];
  for (const part of wanted) {
    const program = findProgram(part, env);
    if (program === undefined) missing.push(part);
    else programs.set(part, program);
  }
  const needed = missing.filter(isNeeded);
  if (needed.length > 0)
    throw new StackFault(`there is no program for ${needed.join(', ')}`, [
      ...needed.map(howToGet),
      '',
      'programs are looked for on the PATH and in the folders of OBSGEN_STACK_PROGRAMS',
    ]);
  const notes = missing.map((part) => `no ${part}: ${lost[part] ?? 'it is left out'}; ${howToGet(part)}`);
  return { programs, notes };
}

/** The model for the Prometheus that is here, where that is older than the one of production. */
async function modelFor(
  model: Model,
  program: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly model: Model; readonly notes: readonly string[] }> {
  const { version } = model.target.prometheus;
  const here = program === undefined ? undefined : await programVersion(program, signal);
  if (here === undefined || compareVersions(parseVersion(here), parseVersion(version)) >= 0)
    return { model, notes: [] };
  const older: Model = {
    ...model,
    target: { ...model.target, prometheus: { ...model.target.prometheus, version: here } },
  };
  return {
    model: older,
    notes: [`prometheus ${here} is older than ${version}, which the spec is for: it may refuse rules`],
  };
}

/** Secrets that Prometheus asks for and nobody has put there: the service will refuse it. */
function missingTokens({ model, out }: Wish, stack: Stack): readonly string[] {
  return secretsOf(model, stack)
    .filter(({ kind, parts }) => kind === 'given' && parts.includes('prometheus'))
    .filter((secret) => fileOf(secret, out) === undefined)
    .map(({ path, why }) => `${join(out, path)} is missing: ${why}`);
}

function alertNotes({ model, alertsTo }: Wish, hasAlertmanager: boolean): readonly string[] {
  if (!hasAlertmanager)
    return ['nobody is told of alerts: the spec names no receivers; --webhook URL names one'];
  if (model.target.grafana.alerts)
    return [
      'nobody is told of alerts: Grafana evaluates them (target.grafana.alerts), and does not run here',
    ];
  if (alertsTo === 'nobody') return ['alerts reach Alertmanager, and nobody is told'];
  if (alertsTo === 'receivers')
    return ['alerts go to the receivers of the spec; --webhook URL sends them elsewhere'];
  return [`alerts go to ${alertsTo.webhook}`];
}

/**
 * Finds programs and ports, and makes the configurations.
 * @throws StackFault where the stack cannot be started as things are
 */
export async function prepareNative(wish: Wish): Promise<Prepared> {
  const { stack, notes } = localStack(wish.stack, wish.targets);
  const wanted = wantedParts(wish, stack);
  const found = findPrograms(wanted, wish.env);
  const fitting = await modelFor(wish.model, found.programs.get('prometheus'), wish.signal);
  const ports = await choosePorts([...found.programs.keys(), 'preview'], wish.autoPorts);
  const { out, folder, alertsTo } = wish;
  const parts = planParts({
    model: fitting.model,
    stack,
    out,
    folder,
    alertsTo,
    programs: found.programs,
    ports,
  });
  return {
    parts,
    previewPort: ports.get('preview')?.api ?? 0,
    targets: targetsOf(stack),
    notes: [
      ...notes,
      ...found.notes,
      ...(stack.gpuExporter ? ['GPUs are not read here: `obs-gen gpu` serves their metrics'] : []),
      ...fitting.notes,
      ...missingTokens(wish, stack),
      ...alertNotes(wish, found.programs.has('alertmanager')),
    ],
  };
}
