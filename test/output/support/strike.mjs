// Strikes at one step that changes the disk. Imported before the sources, since it wraps the functions of node:fs that they import.
// As a preload (node --import) it takes the step from STRIKE_AT, counted from the beginning of `applyPlan`, and kills the process there.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const steps = [
  'openSync',
  'mkdirSync',
  'writeFileSync',
  'fsyncSync',
  'fchmodSync',
  'renameSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
];
let armed;
let count = 0;

/** From now on, calls `strike` with the step's name before the step number `at` (from 1). */
export function arm(at, strike) {
  count = 0;
  armed = { at, strike };
}

/** Ends it, and says how many steps there were. */
export function disarm() {
  armed = undefined;
  return count;
}

/** What the system throws where it refuses. */
export function refusal(errno, name) {
  return Object.assign(new Error(`${errno}: struck, ${name}`), { code: errno, syscall: name });
}

for (const name of steps) {
  const original = fs[name];
  fs[name] = (...parameters) => {
    if (armed !== undefined) {
      count += 1;
      if (count === armed.at) armed.strike(name);
    }
    return original(...parameters);
  };
}
syncBuiltinESMExports();

if (process.env.STRIKE_AT !== undefined) {
  globalThis.beforeApply = () => {
    arm(Number(process.env.STRIKE_AT), () => process.kill(process.pid, 'SIGKILL'));
  };
  globalThis.afterApply = () => {
    fs.writeSync(2, `only ${disarm()} steps\n`);
  };
}
