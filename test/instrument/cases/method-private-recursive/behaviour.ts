import type { Recorder } from '../recorder.js';
import { Tree } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const tree = new Tree();
  tree.children.push(new Tree());
  await record('depth', () => tree.depth());
}
