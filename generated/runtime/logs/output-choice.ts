// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { environmentVariable } from '../host.js';
import { LineBatch } from './line-batch.js';
import { sharedSink } from './log-output.js';
import type { LogSink } from './log-sink.js';
import { fileSystem } from './node-files.js';
import { otlpOutput } from './otlp.js';
import { RotatingFile } from './rotating-file.js';
import type { LogFile } from './rotating-file.js';
import { standardOutput } from './standard-output.js';

/** Where the lines of a service go, as the spec has it. */
export interface LogOutputs {
  /** Absent: true. */
  readonly stdout?: boolean;
  /** Through the exporters of `telemetry.start()`. */
  readonly otlp?: boolean;
  readonly file?: LogFile;
}

/** Where a file is named by the environment alone. */
const defaultFile = { maxBytes: 10 * 1024 * 1024, keep: 5 };
const leastBytes = 65_536;
const mostKept = 100;

/**
 * The sinks of a service. The environment goes before the spec: `OBSGEN_LOG_OUTPUTS` lists some of `stdout`, `otlp` and `file`, or says
 * `none`; `OBSGEN_LOG_FILE` names the file, `OBSGEN_LOG_FILE_BYTES` and `OBSGEN_LOG_FILE_KEEP` bound it.
 */
export function chosenSinks(format: 'json' | 'pretty' | 'auto', spec: LogOutputs): readonly LogSink[] {
  const listed = environmentVariable('OBSGEN_LOG_OUTPUTS')
    ?.toLowerCase()
    .split(/[\s,]+/);
  const file = fileOf(spec.file);
  const isOn = (name: string, bySpec: boolean): boolean =>
    listed === undefined ? bySpec : listed.includes(name);
  const sinks: LogSink[] = [];
  if (isOn('stdout', spec.stdout !== false))
    sinks.push(sharedSink(`stdout ${format}`, () => standardOutput(format)));
  if (isOn('file', file !== undefined)) {
    const files = fileSystem();
    if (file === undefined)
      diag.warn('OBSGEN_LOG_OUTPUTS has file, but neither OBSGEN_LOG_FILE nor the spec names one');
    else if (files !== undefined)
      sinks.push(
        sharedSink(`file ${file.path}`, () => new LineBatch(new RotatingFile(files, file), file.path)),
      );
  }
  if (isOn('otlp', spec.otlp === true)) sinks.push(otlpOutput);
  return sinks;
}

function fileOf(spec: LogFile | undefined): LogFile | undefined {
  const path = environmentVariable('OBSGEN_LOG_FILE') ?? spec?.path;
  if (path === undefined) return undefined;
  const { maxBytes, keep } = spec ?? defaultFile;
  return {
    path: path.split('{pid}').join(processId()),
    maxBytes: Math.max(leastBytes, wholeNumber('OBSGEN_LOG_FILE_BYTES') ?? maxBytes),
    keep: Math.min(mostKept, wholeNumber('OBSGEN_LOG_FILE_KEEP') ?? keep),
  };
}

function wholeNumber(variable: string): number | undefined {
  const text = environmentVariable(variable);
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  diag.warn(`${variable} is ignored: it has to be a whole number`);
  return undefined;
}

/** Processes that write to one file would put it aside under each other; `{pid}` in its path gives each its own. */
function processId(): string {
  return String((globalThis as { process?: { pid?: number } }).process?.pid ?? 0);
}
