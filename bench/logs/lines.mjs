// A line in a loop: to a function that takes it, and to bytes that the system takes.
import process from 'node:process';
import pino from 'pino';
import { importHelpers } from '../metrics/helpers.mjs';
import { flags, measureCalls } from '../metrics/loop.mjs';
import { inSpan, mask, records, traceIds } from './records.mjs';

const device = '/dev/null';
/** Bytes that are collected before the system gets them; ours collects as many. */
const batch = 32_768;

/** Counts lines, and takes their characters into account so that they are put together at all. */
function counter() {
  const sink = { lines: 0, characters: 0, write: undefined };
  sink.write = (line) => {
    sink.lines += 1;
    sink.characters += line.length;
  };
  return sink;
}

const options = {
  base: { service: 'bench' },
  redact: { paths: ['user_email', 'auth_token'], censor: '[redacted]' },
  mixin: traceIds,
};

/** Our lines: `call` makes one from a record. */
const ours =
  (call) =>
  async ({ helpers }) => {
    const sink = counter();
    const { telemetry, ...made } = await importHelpers(helpers);
    await telemetry.start({ spans: false, aggregate: false, writeLog: sink.write });
    return inSpan(() => measureCalls({ run: loopOf(call(made)), total: () => sink.lines }));
  };

const oursToBytes =
  (call) =>
  async ({ helpers }) => {
    Object.assign(process.env, { OBSGEN_LOG_OUTPUTS: 'file', OBSGEN_LOG_FILE: device });
    const { telemetry, ...made } = await importHelpers(helpers);
    const figures = await inSpan(() => measureCalls({ run: loopOf(call(made)) }));
    const lost = telemetry.stats().lost?.find(({ signal }) => signal === 'logs');
    if (lost !== undefined) throw new Error(`${lost.count} lines were lost`);
    return figures;
  };

const theirs = (call) => async () => {
  const sink = counter();
  return inSpan(() => measureCalls({ run: loopOf(call(pino(options, sink))), total: () => sink.lines }));
};

const theirsToBytes = (call) => async () => {
  const sink = pino.destination({ dest: device, sync: true, minLength: batch, maxWrite: 2 * batch });
  return inSpan(() => measureCalls({ run: loopOf(call(pino(options, sink))) }));
};

const loopOf = (log) => (calls) => {
  for (let index = 0; index < calls; index += 1) log(records[index & mask]);
};

const oursDisabled = async ({ helpers }) => {
  const { logs } = await importHelpers(helpers);
  return measureCalls({
    run(calls) {
      for (let index = 0; index < calls; index += 1) logs.toolCached(records[index & mask]);
    },
  });
};

const theirsDisabled = async () => {
  const log = pino(options, counter());
  return measureCalls({
    run(calls) {
      for (let index = 0; index < calls; index += 1) log.debug(records[index & mask]);
    },
  });
};

const event = ({ logs }) => logs.toolFinished;
const text =
  ({ log }) =>
  ({ detail, ...fields }) =>
    log.info(detail, fields);
const pinoEvent = (log) => (record) => log.info(record, 'tool call finished');
const pinoText =
  (log) =>
  ({ detail, ...fields }) =>
    log.info(fields, detail);
const plain =
  ({ logs }) =>
  () =>
    logs.serviceStopped();
const pinoPlain = (log) => () => log.info('service stopped');

const runs = {
  'event/ours': ours(event),
  'event/pino': theirs(pinoEvent),
  'plain/ours': ours(plain),
  'plain/pino': theirs(pinoPlain),
  'text/ours': ours(text),
  'text/pino': theirs(pinoText),
  'bytes/ours': oursToBytes(event),
  'bytes/pino': theirsToBytes(pinoEvent),
  'disabled/ours': oursDisabled,
  'disabled/pino': theirsDisabled,
  'disabled/floor': () => {
    let read = 0;
    return measureCalls({
      run(calls) {
        let sum = 0;
        for (let index = 0; index < calls; index += 1) sum += records[index & mask].tokens;
        read += sum;
      },
      total: () => (read > 0 ? undefined : 0),
    });
  },
};

export const cases = Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, { flags, run }]));
