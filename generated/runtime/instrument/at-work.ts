// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

let isAtWork = false;

/**
 * Whether telemetry itself is what calls: a processor of spans, a getter that a path leads through, an output of log lines. What it calls is
 * none of the program's doing and is not recorded: where such a function is recorded itself, each recording would begin another one.
 */
export function isTelemetryAtWork(): boolean {
  return isAtWork;
}

/** Says that telemetry is at work until `workEnds` is told what this has returned. */
export function workBegins(): boolean {
  const was = isAtWork;
  isAtWork = true;
  return was;
}

export function workEnds(was: boolean): void {
  isAtWork = was;
}
