// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

const thousandths = Array.from({ length: 1000 }, (_, index) => `${String(index).padStart(3, '0')}Z`);

let lastMillisecond = Number.NaN;
let lastText = '';
let lastSecond = Number.NaN;
let secondText = '';

/** The time as ISO 8601 with milliseconds, in UTC. Made once a millisecond, and by the calendar once a second. */
export function timeText(): string {
  const now = Date.now();
  if (now === lastMillisecond) return lastText;
  const second = Math.floor(now / 1000);
  if (second !== lastSecond) {
    secondText = new Date(second * 1000).toISOString().slice(0, -4);
    lastSecond = second;
  }
  lastText = secondText + (thousandths[now - second * 1000] ?? '000Z');
  lastMillisecond = now;
  return lastText;
}
