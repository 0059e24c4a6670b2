// Strikes at each step of a build in turn, all in this process: node strike-each.mjs COMPILED, the request on stdin being JSON
// {folder, before, after, strike}. A strike is {refuse: ERRNO}, or {swap: FOLDER} (a link to FOLDER/target takes that folder's place), or {edit: FILE}.
// Prints one JSON line a step: {step, name, codes, messages, exists, tree, target, next}: the trees after it, and the tree after the next build.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { arm, disarm, refusal } from './strike.mjs';

const compiled = process.argv[2];
const { folder, before, after, strike } = JSON.parse(await text(process.stdin));
const { planOutput } = await import(join(compiled, 'plan.js'));
const { applyPlan } = await import(join(compiled, 'apply.js'));

function tree(root) {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

async function build(root, files) {
  const planned = planOutput(files, root);
  const applied = await applyPlan(planned.value);
  return [...planned.diagnostics, ...applied.diagnostics];
}

const start = join(folder, 'start');
const out = join(folder, 'out');
const target = join(folder, 'target');
await build(start, before);
mkdirSync(target);
// What a build would hit that took the folder's link for the folder.
for (const { path } of [...before, ...after])
  writeFileSync(join(target, path.slice(path.lastIndexOf('/') + 1)), 'theirs\n');

function act(name) {
  if (strike.refuse !== undefined) throw refusal(strike.refuse, name);
  if (strike.edit !== undefined) writeFileSync(join(out, strike.edit), 'edited by hand\n');
  if (strike.swap !== undefined && existsSync(join(out, strike.swap))) {
    renameSync(join(out, strike.swap), join(folder, 'aside'));
    symlinkSync(target, join(out, strike.swap));
  }
}

for (let step = 1; ; step += 1) {
  if (existsSync(start)) cpSync(start, out, { recursive: true });
  const planned = planOutput(after, out);
  let name;
  arm(step, (struck) => {
    name = struck;
    act(struck);
  });
  const { diagnostics } = await applyPlan(planned.value);
  disarm();
  const codes = diagnostics.map((each) => each.code);
  const messages = diagnostics.map((each) => each.message);
  const line = {
    step,
    name,
    codes,
    messages,
    exists: existsSync(out),
    tree: tree(out),
    target: tree(target),
  };
  if (strike.refuse !== undefined) {
    await build(out, after);
    line.next = tree(out);
  }
  for (const each of ['out', 'aside']) rmSync(join(folder, each), { recursive: true, force: true });
  writeSync(1, `${JSON.stringify(line)}\n`);
  if (name === undefined) break;
}
