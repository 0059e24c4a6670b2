import type { Recorder } from '../recorder.js';
import { run } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  await record('revoked', () => run(proxy));
  await record('no prototype', () => run(Object.create(null)));
  await record('frozen', () => run(Object.freeze({ name: 'frozen' })));
  await record('a symbol', () => run({ name: Symbol('s') }));
  await record('circular', () => {
    const circular: Record<string, unknown> = {};
    circular['name'] = circular;
    return run(circular);
  });
  await record('big', () => run({ name: 10n }));
  await record('function', () => run({ name: () => 1 }));
  await record('primitive', () => [run('text'), run(5), run(true)]);
  await record('throws a strange thing', () =>
    run({
      get name() {
        throw null;
      },
    }),
  );
}
