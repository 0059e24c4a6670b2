import { setTimeout as sleep } from 'node:timers/promises';
import { hasErrors } from '../../diagnostics/create.js';
import type { Model } from '../../model/model.js';
import { resolve } from '../../model/resolve.js';
import type { GpuCollection } from '../../runtime/gpu/collection.js';
import { loadSpecText } from '../../spec/load.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, printError } from '../terminal.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';
import { untilSignal } from '../until-signal.js';
import { requireSense, type GpuArguments } from './arguments.js';
import { collectorsOf } from './collectors.js';

/** What stands for a spec where there is none. */
const presetSpec = 'version: 1\nservice: { name: gpu-exporter, owner: obs-gen }\npresets: [gpu]\n';

/** The first answer of a driver that sleeps takes seconds. */
const onceSeconds = 10;
const lookMilliseconds = 20;

/** Runs the exporter, or does what is asked for instead. */
export async function runGpu(args: GpuArguments): Promise<ExitCode> {
  requireSense(args);
  const folder = args['write-recipes'];
  if (folder !== undefined) {
    const { writeRecipes } = await import('./recipes.js');
    return writeRecipes(folder);
  }
  const model = await modelOf(args.spec);
  if (model === undefined) return exitCodes.findings;
  const { gpuMetricsOf } = await runtime(() => import('./metrics.js'));
  const metrics = gpuMetricsOf(model);
  if (args.replay !== undefined) {
    const { replay } = await import('./replay.js');
    const { sample, fault } = replay(args.replay, args.tool, metrics);
    if (fault !== undefined) printError(`${fault.message}\n`);
    await printPage();
    return sample === undefined ? exitCodes.findings : exitCodes.fine;
  }
  const gpu = await import('../../runtime/gpu/collection.js');
  const collection = new gpu.GpuCollection(metrics, collectorsOf(args, model));
  return untilSignal(
    async (ended) => {
      // Collectors keep no process alive, not even while their tools are ended.
      const alive = setInterval(() => undefined, 1000);
      collection.start();
      try {
        return args.once === true ? await once(collection, ended) : await exporter(collection, args, ended);
      } finally {
        await collection.stop();
        clearInterval(alive);
      }
    },
    () => false,
  );
}

/** Waits until each collector has a sample or says why it has none. */
async function once(collection: GpuCollection, ended: AbortSignal): Promise<ExitCode> {
  const until = Date.now() + onceSeconds * 1000;
  const isSettled = (): boolean =>
    collection.states().every(({ up, fault }) => up !== false || fault !== undefined);
  while (!isSettled() && Date.now() < until && !ended.aborted) await sleep(lookMilliseconds);
  const states = collection.states();
  for (const { vendor, fault, source } of states) {
    if (fault !== undefined) printError(`${vendor}: ${fault}\n`);
    else if (source === 'dcgm') printError(`${vendor}: an exporter that is there already collects\n`);
  }
  await printPage();
  return states.every(({ up }) => up === false) ? exitCodes.findings : exitCodes.fine;
}

/** Serves the page until the signal. */
async function exporter(
  collection: GpuCollection,
  { host, port }: GpuArguments,
  ended: AbortSignal,
): Promise<ExitCode> {
  const { serve } = await import('./exporter.js');
  const served = await serve(collection, host, port);
  print(`${served.url}\n`);
  const stopSaying = sayFaults(collection);
  await new Promise<void>((resolve) => {
    if (ended.aborted) resolve();
    ended.addEventListener('abort', () => {
      resolve();
    });
  });
  stopSaying();
  await served.close();
  return exitCodes.fine;
}

/** Tells of each fault once, and of its end. */
function sayFaults(collection: GpuCollection): () => void {
  const said = new Map<string, string | undefined>();
  const timer = setInterval(() => {
    for (const { vendor, up, fault } of collection.states()) {
      if (said.get(vendor) === fault || (fault === undefined && up === false)) continue;
      said.set(vendor, fault);
      printError(`${vendor}: ${fault ?? 'samples arrive'}\n`);
    }
  }, 1000);
  return () => {
    clearInterval(timer);
  };
}

async function printPage(): Promise<void> {
  const { scrape } = await import('../../runtime/exposition/handler.js');
  const { body } = await scrape();
  print(new TextDecoder().decode(body));
}

/** The model of a spec, or of the preset alone; undefined where the spec has errors, which are told. */
async function modelOf(path: string | undefined): Promise<Model | undefined> {
  if (path === undefined) {
    const { value: loaded } = loadSpecText(new Map([['gpu.yaml', presetSpec]]), 'gpu.yaml');
    const model = loaded === undefined ? undefined : resolve(loaded).value;
    if (model === undefined) throw new Error('bug: the preset gpu cannot be read');
    return model;
  }
  requireSpec(path);
  const { analyse } = await import('../../analyse.js');
  const { model, diagnostics } = analyse(path, today(process.env));
  await report(diagnostics, { format: 'pretty' });
  return hasErrors(diagnostics) ? undefined : model;
}

/** The runtime needs the packages that a service has beside it. */
async function runtime<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError('`obs-gen gpu` needs prom-client and @opentelemetry/api', [
      'npm install prom-client @opentelemetry/api',
    ]);
  }
}
