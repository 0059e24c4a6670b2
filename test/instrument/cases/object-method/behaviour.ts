import type { Recorder } from '../recorder.js';
import { api } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  for (const name of Reflect.ownKeys(api)) record.property(String(name), api, name);
  record.shape('sync', api.sync);
  record.shape('later', api.later);
  await record('sync', () => api.sync(1));
  await record('later', () => api.later(2));
  record.value('values', [...api.values()]);
  await record('stream', () => api.stream().next());
  record.value('others', [api.computed(), `${api as never}`, api['quoted-name'](), api[12]()]);
  record.value('size', api.size);
  api.size = 2;
  record.value('size after', [api.size, api.name]);
  const { sync } = api;
  await record('detached', () => sync(3));
  await record('no constructor', () => Reflect.construct(api.sync, []) as unknown);
}
