import type { Recorder } from '../recorder.js';
import { global, local, seen, shadowed } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  console.group = () => undefined;
  console.groupEnd = () => undefined;
  const lines: string[] = [];
  await record('shadowed', () => {
    shadowed({ log: (text) => lines.push(text) });
  });
  record.value('lines', lines);
  await record('local', () => local());
  await record('global', () => {
    global();
  });
  await record('seen', () => seen());
}
