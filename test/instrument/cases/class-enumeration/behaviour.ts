import type { Recorder } from '../recorder.js';
import { Plain } from './input.js';

export default function behaviour(record: Recorder): void {
  const plain = new Plain();
  const seen: string[] = [];
  for (const key in plain) seen.push(key);
  record.value('seen', seen);
  record.value('copied', { ...plain });
  record.value('json', JSON.stringify(plain));
  record.value('cloned', structuredClone(plain));
  record.value('names', Reflect.ownKeys(Plain.prototype));
  record.value('static names', Reflect.ownKeys(Plain));
}
