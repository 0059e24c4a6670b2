// Lets the system refuse each step of a build in turn: node refuse.mjs COMPILED, the request on stdin being JSON {folder, before, after, errno}.
// Prints one JSON line a step: {step, name, codes, messages, tree, next}: the tree after it, and the tree after the next build.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { arm, disarm, refusal } from './strike.mjs';

const compiled = process.argv[2];
const { folder, before, after, errno } = JSON.parse(await text(process.stdin));
const { planOutput } = await import(join(compiled, 'plan.js'));
const { applyPlan } = await import(join(compiled, 'apply.js'));

function tree(out) {
  if (!existsSync(out)) return [];
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(out.length + 1), readFileSync(path, 'utf8')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

async function build(out, files) {
  const planned = planOutput(files, out);
  const applied = await applyPlan(planned.value);
  return [...planned.diagnostics, ...applied.diagnostics];
}

const start = join(folder, 'start');
const out = join(folder, 'out');
await build(start, before);
for (let step = 1; ; step += 1) {
  if (existsSync(start)) cpSync(start, out, { recursive: true });
  const planned = planOutput(after, out);
  let name;
  arm(step, (struck) => {
    name = struck;
    throw refusal(errno, struck);
  });
  const { diagnostics } = await applyPlan(planned.value);
  disarm();
  const line = {
    step,
    name,
    codes: diagnostics.map((each) => each.code),
    messages: diagnostics.map((each) => each.message),
    tree: tree(out),
    next: (await build(out, after), tree(out)),
  };
  rmSync(out, { recursive: true });
  writeSync(1, `${JSON.stringify(line)}\n`);
  if (name === undefined) break;
}
