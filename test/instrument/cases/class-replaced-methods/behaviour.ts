import type { Recorder } from '../recorder.js';
import { Client, mock } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const client = new Client();
  const restore = mock((url) => `mocked ${url}`);
  await record('mocked', () => client.twice('a'));
  restore();
  await record('restored', () => client.twice('b'));
  client.fetch = () => 'own';
  await record('own', () => client.twice('c'));
}
