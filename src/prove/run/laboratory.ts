import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleFile } from '../../emit/prometheus/rule-file.js';
import type { Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';
import { testDocument } from '../test-file.js';
import { runProgram } from './process.js';
import type { Program } from './programs.js';
import { complaintsOf } from './promtool-output.js';
import { memberIn, unite, type Member } from './union.js';

/** Milliseconds that promtool may take for one scenario. */
const deadline = 120_000;

/** How promtool took a mutant in a scenario. */
export type Answer =
  | { readonly kind: 'passed' }
  /** @field at seconds since the start of the scenario */
  | { readonly kind: 'failed'; readonly by: 'assertion' | 'evaluation'; readonly at: number }
  | { readonly kind: 'fault'; readonly text: string };

/** Runs mutants under promtool, in a folder for files that live as long as a run. */
export class Laboratory {
  #runs = 0;
  readonly #promtool: Program;
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;

  constructor(promtool: Program, folder: string, signal?: AbortSignal) {
    this.#promtool = promtool;
    this.#folder = folder;
    this.#signal = signal;
  }

  /** Runs a scenario for mutants side by side, and says for each how its checks fared. */
  async ask(suite: Suite, scenario: Scenario, members: readonly Member[]): Promise<readonly Answer[]> {
    const { result, complaints } = await this.#run(suite, scenario, members);
    if (result.status === 0) return members.map(() => ({ kind: 'passed' }));
    const only = members.length === 1;
    const answers = members.map((): Answer => ({ kind: 'passed' }));
    let attributed = 0;
    for (const complaint of complaints) {
      const named =
        complaint.kind === 'assertion' ? (complaint.alert ?? complaint.query ?? '') : complaint.text;
      const index = only ? 0 : memberIn(named);
      if (complaint.kind === 'fault' || index === undefined || answers[index] === undefined) break;
      const { kind } = complaint;
      if (answers[index].kind === 'passed')
        answers[index] = { kind: 'failed', by: kind, at: kind === 'assertion' ? complaint.at : 0 };
      attributed += 1;
    }
    const isClear =
      attributed > 0 &&
      attributed === complaints.length &&
      complaints.every(({ kind }) => kind === 'assertion');
    if (isClear && !result.timedOut) return answers;
    if (only) {
      if (attributed > 0 && !result.timedOut) return answers;
      const text = complaints.find(({ kind }) => kind === 'fault');
      if (result.timedOut) return [{ kind: 'fault', text: 'promtool did not end in time' }];
      return [
        { kind: 'fault', text: text?.kind === 'fault' ? text.text : (result.stdout + result.stderr).trim() },
      ];
    }
    // Who is to blame cannot be told, or a rule that cannot be evaluated has hidden what the others do: each for itself.
    const single: Answer[] = [];
    for (const member of members) single.push(...(await this.ask(suite, scenario, [member])));
    return single;
  }

  async #run(suite: Suite, scenario: Scenario, members: readonly Member[]) {
    const union = unite(suite, scenario, members);
    this.#runs += 1;
    const cwd = join(this.#folder, String(this.#runs));
    mkdirSync(cwd);
    try {
      writeFileSync(join(cwd, 'rules.yaml'), ruleFile(union.groups));
      const names = union.groups.map(({ name }) => name);
      const text = testDocument(['rules.yaml'], names, scenario.evaluationInterval, [union.scenario]);
      writeFileSync(join(cwd, 'rules.test.yaml'), text);
      const args = ['test', 'rules', 'rules.test.yaml'];
      const result = await runProgram({
        program: this.#promtool.path,
        args,
        cwd,
        deadline,
        signal: this.#signal,
      });
      return { result, complaints: complaintsOf(result.stderr) };
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  }
}
