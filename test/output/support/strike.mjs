// Preloaded into a build (node --import): strikes at the STRIKE_AT-th step that changes the disk, counted from the beginning of `applyPlan`.
// STRIKE_WITH=kill ends the process there as `kill -9` would; an error name makes the system refuse that step.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.STRIKE_AT);
const how = process.env.STRIKE_WITH;
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
let step = 0;
let counting = false;
globalThis.beforeApply = () => {
  counting = true;
};
globalThis.afterApply = () => {
  counting = false;
};

for (const name of steps) {
  const original = fs[name];
  fs[name] = (...parameters) => {
    if (counting) {
      step += 1;
      if (step === at) {
        if (how === 'kill') process.kill(process.pid, 'SIGKILL');
        fs.writeSync(2, `struck at ${name}\n`);
        throw Object.assign(new Error(`${how}: struck, ${name}`), { code: how, syscall: name });
      }
    }
    return original(...parameters);
  };
}
syncBuiltinESMExports();
process.on('exit', () => {
  if (step < at) fs.writeSync(2, `only ${step} steps\n`);
});
