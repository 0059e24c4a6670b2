import type { Recorder } from '../recorder.js';
import { Computed, Derived } from './input.js';

export default function behaviour(record: Recorder): void {
  record.value('name', new Derived().name);
  record.property('derived', Derived.prototype, 'name');
  record.value('tag', String(new Computed()));
  record.value('values', [(new Computed() as never)['ab'], new Computed()['quoted-name']]);
}
