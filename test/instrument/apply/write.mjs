// Writes in a process of its own: node write.mjs COMPILED, the request on stdin being JSON {roots, files: [{path, before, content}], strike, from, step}.
// A strike happens before one of the steps that change the disk, another one for each root; step numbers count from 1:
// {refuse: ERRNO} has the system refuse it, {signal: NAME} sends that signal, {picture: FOLDER} copies the root to FOLDER/STEP (all steps of the
// first root, as kill -9 would leave it). Prints one JSON line a root: {step, name, value, codes, messages, steps}.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';

const names = [
  'openSync',
  'mkdirSync',
  'writeFileSync',
  'fsyncSync',
  'linkSync',
  'copyFileSync',
  'renameSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
];
const { cpSync, writeSync } = fs;
let count = 0;
let onStep;
for (const name of names) {
  const original = fs[name];
  fs[name] = (...parameters) => {
    if (onStep !== undefined) {
      const act = onStep;
      count += 1;
      // What a strike does itself is no step.
      onStep = undefined;
      try {
        act(count, name);
      } finally {
        onStep = act;
      }
    }
    return original(...parameters);
  };
}
if (process.env.NO_LINKS !== undefined) {
  fs.linkSync = () => {
    throw Object.assign(new Error('EPERM: no links here'), { code: 'EPERM', syscall: 'link' });
  };
}
syncBuiltinESMExports();

const { roots, files, strike, from = 1, step = 1 } = JSON.parse(await text(process.stdin));
const { writeFiles } = await import(join(process.argv[2], 'write-files.js'));

for (const [index, root] of roots.entries()) {
  const at = from + index * step;
  let struck;
  count = 0;
  onStep = (now, name) => {
    if (strike?.picture !== undefined) cpSync(root, join(strike.picture, String(now)), { recursive: true });
    if (now !== at || strike === undefined) return;
    struck = name;
    if (strike.signal !== undefined) process.kill(process.pid, strike.signal);
    if (strike.refuse !== undefined)
      throw Object.assign(new Error(`${strike.refuse}: struck, ${name}`), {
        code: strike.refuse,
        syscall: name,
      });
  };
  const { value, diagnostics } = await writeFiles({ root, shown: '.' }, files);
  onStep = undefined;
  const report = {
    step: at,
    name: struck,
    value,
    codes: diagnostics.map((each) => each.code),
    messages: diagnostics.map((each) => each.message),
    steps: count,
  };
  writeSync(1, `${JSON.stringify(report)}\n`);
}
