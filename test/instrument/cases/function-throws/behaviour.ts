import type { Recorder } from '../recorder.js';
import { fail, failLater, parse, throwAnything } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('throws', () => parse(''));
  await record('throws what it calls throws', () => parse('{'));
  await record('undefined', () => throwAnything(undefined));
  await record('null', () => throwAnything(null));
  await record('text', () => throwAnything('text'));
  const frozen = Object.freeze(new Error('frozen'));
  try {
    throwAnything(frozen);
  } catch (error) {
    record.value('the same error', error === frozen);
  }
  await record('rejects', () => fail());
  await record('rejects from a plain function', () => failLater());
}
