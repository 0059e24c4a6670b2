import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ChildProgram } from '../../../processes/child-program.js';
import { untilReady } from '../../../processes/until-ready.js';
import { logTail } from '../logs.js';
import { StackFault } from '../stack-fault.js';
import { markOf, type RunningPart } from '../state.js';
import { endDeadline, startDeadline, type PartPlan } from './plan.js';

/** Lines of its log that are shown of a part that has ended. */
const shownLines = 12;

/** A program of the stack that was started by this process. */
export class StartedPart {
  readonly running: RunningPart;
  readonly #child: ChildProgram;

  /**
   * Starts it; what it writes goes to a file that is new each time.
   * @param cwd where files go that it writes without being asked
   * @throws StackFault where it cannot be started
   */
  constructor(plan: PartPlan, cwd: string, log: string) {
    mkdirSync(cwd, { recursive: true, mode: 0o700 });
    for (const { path, content } of plan.configs) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, content, { mode: 0o600 });
    }
    const output = openSync(log, 'w', 0o600);
    try {
      this.#child = new ChildProgram({
        program: plan.program,
        args: plan.args,
        cwd,
        output,
        ownSession: true,
      });
    } finally {
      closeSync(output);
    }
    const mark = this.#child.pid === undefined ? undefined : markOf(this.#child.pid);
    if (mark === undefined)
      throw new StackFault(`${plan.part} cannot be started from ${plan.program}`, logTail(log, shownLines));
    const { part, url, ready, also } = plan;
    this.running = { part, url, ready, also, log, startedAt: new Date().toISOString(), ...mark };
  }

  /** @throws StackFault with the end of its log where it is not ready in time; the signal's reason */
  async untilReady(signal: AbortSignal): Promise<void> {
    const { part, url, ready } = this.running;
    const outcome = await untilReady(`${url}${ready}`, {
      deadline: startDeadline,
      signal,
      hasEnded: () => this.#child.hasEnded,
    });
    if (outcome === 'ready') return;
    const what =
      outcome === 'ended'
        ? 'has ended while it was starting'
        : `does not answer at ${url}${ready} within ${startDeadline / 1000} s`;
    throw new StackFault(`${part} ${what}`, this.tail());
  }

  /** Where its log is, and how that ends. */
  tail(): readonly string[] {
    const { log } = this.running;
    return [`the end of ${log}:`, ...logTail(log, shownLines).map((line) => `  ${line}`)];
  }

  /** Calls back where it ends by itself, with how. */
  onEnd(listener: (how: string) => void): void {
    this.#child.onEnd(listener);
  }

  stop(): Promise<void> {
    return this.#child.stop(endDeadline);
  }
}
