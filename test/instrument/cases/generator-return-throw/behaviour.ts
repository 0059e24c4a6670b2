import type { Recorder } from '../recorder.js';
import { failing, guarded, log, stubborn } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const returned = guarded();
  returned.next();
  record.value('return', returned.return('given up'));
  record.value('after return', returned.next());
  const thrown = guarded();
  thrown.next();
  record.value('throw', thrown.throw(new Error('told')));
  record.value('then', thrown.next());
  const early = guarded();
  record.value('return before the start', early.return('x'));
  await record('throw before the start', () => guarded().throw(new Error('early')));
  const hard = stubborn();
  hard.next();
  record.value('yields while it is returned', hard.return(9));
  record.value('and then', hard.next());
  const failed = failing();
  failed.next();
  await record('fails', () => failed.next());
  record.value('is over', failed.next());
  for (const value of guarded()) {
    log.push(value);
    break;
  }
  record.value('log', log);
}
