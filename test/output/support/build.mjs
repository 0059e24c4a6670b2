// One build in a process of its own: node build.mjs COMPILED, the request on stdin being JSON {out, files, force?, waitMs?, pause?}.
// Prints {codes, messages, written, removed, unchanged} and exits as obs-gen does.
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';

const compiled = process.argv[2];
const { out, files, force = [], waitMs, pause = false } = JSON.parse(await text(process.stdin));
const { planOutput } = await import(join(compiled, 'plan.js'));
const { applyPlan } = await import(join(compiled, 'apply.js'));
const { isIoFailure } = await import(join(compiled, 'io-failure.js'));

const planned = planOutput(files, out, { force });
if (pause) {
  const goOn = once(process, 'message');
  process.send('planned');
  await goOn;
  process.disconnect();
}
let diagnostics = planned.diagnostics;
let report;
if (planned.value !== undefined) {
  globalThis.beforeApply?.();
  const applied = await applyPlan(planned.value, waitMs === undefined ? {} : { waitMs });
  globalThis.afterApply?.();
  report = applied.value;
  diagnostics = [...diagnostics, ...applied.diagnostics.filter((each) => !diagnostics.includes(each))];
}
const codes = diagnostics.map((each) => each.code);
const messages = diagnostics.map((each) => each.message);
writeSync(1, `${JSON.stringify({ codes, messages, ...report })}\n`);
const failed = diagnostics.some((each) => each.severity === 'error');
process.exitCode = diagnostics.some(isIoFailure) ? 2 : failed ? 1 : 0;
