// One case of a benchmark, in this process: node case.mjs BENCH CASE, with the shared data as JSON on stdin; prints its figures as JSON.
import process from 'node:process';
import { text } from 'node:stream/consumers';

const [, , bench, name] = process.argv;
const { cases } = await import(`./${bench}.bench.mjs`);
const measure = cases[name].run ?? cases[name];
const figures = await measure(JSON.parse(await text(process.stdin)));
process.stdout.write(JSON.stringify(figures));
