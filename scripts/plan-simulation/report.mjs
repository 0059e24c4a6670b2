/** What was measured beside what was planned. */
import { execFileSync } from 'node:child_process';
import { arch, cpus, release, totalmem } from 'node:os';
import process from 'node:process';

const mostSeriesOff = 0.1;
const mostBytesOff = 0.25;

const off = (planned, found) => planned / found - 1;

/** One scale. */
export function compared(found, planned) {
  const { samples, chunkBytes, indexBytes } = found.block;
  const bytesPerSample = (chunkBytes + indexBytes) / samples;
  const seriesOff = off(planned.series, found.series);
  const bytesOff = off(planned.bytesPerSample, bytesPerSample);
  return {
    ...{ found, planned, bytesPerSample, seriesOff, bytesOff },
    chunkBytesPerSample: chunkBytes / samples,
    indexBytesPerSample: indexBytes / samples,
    isClose: Math.abs(seriesOff) <= mostSeriesOff && Math.abs(bytesOff) <= mostBytesOff,
  };
}

const grouped = (value) => Math.round(value).toLocaleString('en-US');
const percent = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(1)}%`;

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map((_, index) => (index === 0 ? '---' : '---:'))) + rows.map(line).join('');
}

function versions() {
  const [first] = execFileSync('prometheus', ['--version'], { encoding: 'utf8' }).split('\n');
  return `${first.replace(/ \(.*/, '')}, Node.js ${process.version}, ${arch()}, Linux ${release().replace(/-.*/, '')}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** Tables in Markdown. @param twoHours a block as in production @param production seconds between scrapes */
export function report(rows, twoHours, production) {
  const series = table(
    ['instances', 'series, planned', 'measured', 'off', 'scraped', 'recorded by rules', 'ALERTS'],
    rows.map(({ found, planned, seriesOff }) => [
      grouped(found.instances),
      grouped(planned.series),
      grouped(found.series),
      percent(seriesOff),
      grouped(found.scraped),
      grouped(found.recorded),
      grouped(found.alerts),
    ]),
  );
  const bytes = table(
    [
      'instances',
      'samples of a series',
      'bytes a sample, planned',
      'measured',
      'off',
      'chunks: planned, measured',
      'index: planned, measured',
    ],
    [...(twoHours === undefined ? [] : [twoHours]), ...rows].map((row) => [
      grouped(row.found.instances),
      (row.found.block.samples / row.found.block.series).toFixed(1),
      row.planned.bytesPerSample.toFixed(3),
      row.bytesPerSample.toFixed(3),
      percent(row.bytesOff),
      `${row.planned.chunkBytesPerSample.toFixed(3)}, ${row.chunkBytesPerSample.toFixed(3)}`,
      `${row.planned.indexBytesPerSample.toFixed(3)}, ${row.indexBytesPerSample.toFixed(3)}`,
    ]),
  );
  const rest = table(
    ['instances', 'scraped every', 'log, bytes a sample', 'memory at most', 'of a series'],
    rows.map(({ found }) => [
      grouped(found.instances),
      `${found.interval} s`,
      found.walBytesPerSample.toFixed(1),
      `${grouped(found.memory / 1e6)} MB`,
      `${grouped(found.memory / found.series)} bytes`,
    ]),
  );
  return `Measured with ${versions()}. Between two scrapes as much happens as in ${production} s.\n\n${series}\n${bytes}\n${rest}`;
}
