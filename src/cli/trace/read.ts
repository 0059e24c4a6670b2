import { readFileSync, statSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { Client } from '../../inspect/doctor/ask/client.js';
import { NoAnswer, remedy } from '../../inspect/doctor/ask/no-answer.js';
import type { Place } from '../../inspect/doctor/places.js';
import { largestInput, readBytes, Unreadable } from '../../inspect/trace/read/bytes.js';
import { readDocument } from '../../inspect/trace/read/document.js';
import { Intake, TooManySpans } from '../../inspect/trace/read/intake.js';
import { prometheusAddress } from '../../preview/prometheus/address.js';
import { storeCredentials } from './credentials.js';
import type { TraceArguments } from './options.js';
import { UsageError } from '../usage-error.js';

/** Spans that are worked on at once; a gigabyte of memory holds about as many. */
const mostSpans = 1_000_000;
const standardInput = '-';

/**
 * Reads what the arguments name: files, standard input, or what a store says.
 * @throws UsageError where there is no span in it
 */
export async function readTraces(args: TraceArguments, onStep: (step: string) => void): Promise<Intake> {
  const intake = new Intake(mostSpans);
  try {
    const files = args.files ?? [];
    if (files.length === 0) await readStore(args, intake, onStep);
    for (const [index, path] of files.entries()) {
      onStep(files.length === 1 ? `reading ${path}` : `reading file ${index + 1} of ${files.length}`);
      readNamed(path, path === standardInput ? await buffer(process.stdin) : readWhole(path), intake);
    }
  } catch (error) {
    if (!(error instanceof TooManySpans)) throw error;
    throw new UsageError(`there are more than ${error.limit} spans`, ['name fewer files, or split them']);
  }
  return intake;
}

function readNamed(path: string, bytes: Buffer, intake: Intake): void {
  try {
    readBytes(bytes, intake);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const name = path === standardInput ? 'standard input' : path;
    throw new UsageError(`${name} cannot be read as traces: ${error.message}`, [error.help]);
  }
}

/** @throws UsageError */
function readWhole(path: string): Buffer {
  try {
    if (statSync(path).size > largestInput)
      throw new UsageError(`${path} has more than ${largestInput / 1024 / 1024} MiB`, ['split it, by lines']);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`there is no file ${path}`);
    throw new UsageError(
      `${path} cannot be read: ${code === 'EISDIR' ? 'it is a directory' : (code ?? message)}`,
    );
  }
}

const longestLookBack = 30 * 24 * 3600;
const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 24 * 3600 };

/** @throws UsageError */
function lookBackOf(given: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(given) ?? [];
  const seconds = Number(amount) * (secondsOf[unit] ?? 0);
  if (!(seconds > 0 && seconds <= longestLookBack))
    throw new UsageError(`--since cannot be ${given}`, ['write a time up to 30d, such as 30m or 2h']);
  return seconds;
}

/** @throws UsageError */
function placeOf(name: 'tempo' | 'jaeger', given: string): Place {
  const address = prometheusAddress(given);
  if (typeof address === 'string') throw new UsageError(`--${name} cannot be used: ${address}`);
  const { url, authorization } = address;
  return { name, url, authorization, ended: undefined, isLocal: false, from: `--${name}` };
}

const usualLimit = 20;

async function readStore(
  args: TraceArguments,
  intake: Intake,
  onStep: (step: string) => void,
): Promise<void> {
  const name = args.tempo === undefined ? 'jaeger' : 'tempo';
  const place = placeOf(name, args[name] ?? '');
  const client = new Client(storeCredentials(args, process.env));
  const question = {
    ids: args.id ?? [],
    query: args.query,
    service: args.service,
    limit: args.limit ?? usualLimit,
    lookBack: lookBackOf(args.since),
    now: Date.now(),
  };
  onStep(`asking ${place.url}`);
  const [{ fromTempo }, { fromJaeger }] = await Promise.all([
    import('../../inspect/trace/stores/tempo.js'),
    import('../../inspect/trace/stores/jaeger.js'),
  ]);
  try {
    const documents = await (name === 'tempo' ? fromTempo : fromJaeger)(client, place, question);
    for (const document of documents) readDocument(document, intake);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new UsageError(error.message, [remedyFor(error)]);
  }
  if (intake.spans.length === 0)
    throw new UsageError(
      question.ids.length > 0
        ? `${place.url} has no trace ${question.ids.join(', ')}`
        : `${place.url} finds no trace`,
      question.ids.length > 0
        ? ['look whether it was sampled, and whether it is older than what the store keeps']
        : ['look further back with --since, or ask for something else'],
    );
}

/** What the doctor advises, without options that this command does not have. */
function remedyFor(error: NoAnswer): string {
  if (error.kind === 'status' && (error.status === 401 || error.status === 403))
    return 'name the credentials: --token-file, or --cert and --key';
  if (error.kind === 'status' && error.status === 400)
    return 'look at the query and at the id: the store refuses them';
  return remedy(error);
}
