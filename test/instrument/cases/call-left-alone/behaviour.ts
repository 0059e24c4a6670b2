import type { Recorder } from '../recorder.js';
import { Derived, made, optional, optionalCall, tagged } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('super', () => new Derived().create('a'));
  await record('private', () => new Derived().run());
  record.value('tagged', tagged);
  await record('optional', () => [optional(), optional(new Derived())]);
  await record('optional call', () => [optionalCall({}), optionalCall({ create: (text) => text })]);
  record.value('made', typeof made);
}
