import type { GpuSample } from '../device.js';
import type { GpuFault, GpuReading } from '../failure.js';
import { parseFault, toolFault } from '../parse/tool-fault.js';
import type { ToolResult } from '../tool/run-tool.js';
import type { ToolEnd } from '../tool/tool-process.js';

/** Reads what a tool has said on its two outputs. */
export type Parse = (output: string, errorOutput: string) => GpuReading<GpuSample>;

/** What came of a call that is over. */
export function readingOf(tool: string, result: ToolResult, parse: Parse): GpuReading<GpuSample> {
  const { output, errorOutput, cutOff, startError } = result;
  const failed = faultOfEnd(tool, result, output, errorOutput);
  if (cutOff !== undefined || startError !== undefined) return { fault: failed };
  const hasDied = result.signal !== undefined || result.exitCode !== 0;
  // The line in which it died may be the half of one, and half of a number is another number.
  const text = hasDied ? output.slice(0, output.lastIndexOf('\n') + 1) : output;
  if (text.trim() === '' && failed !== undefined) return { fault: failed };
  return withFault(parsed(tool, parse, text, errorOutput), failed, tool);
}

/** What a tool has said, read; whatever it is, it is no error of the program. */
export function parsed(
  tool: string,
  parse: Parse,
  output: string,
  errorOutput: string,
): GpuReading<GpuSample> {
  try {
    return parse(output, errorOutput);
  } catch (error) {
    return { fault: parseFault(tool, `its output cannot be read (${String(error)})`) };
  }
}

/** A reading with what else is known to be wrong; a sample without any device is none. */
export function withFault(
  reading: GpuReading<GpuSample>,
  fault: GpuFault | undefined,
  tool: string,
): GpuReading<GpuSample> {
  const { sample } = reading;
  const told = fault ?? reading.fault;
  const isEmpty = sample === undefined || (sample.devices.length === 0 && (sample.lost ?? []).length === 0);
  if (!isEmpty) return told === undefined ? { sample } : { sample, fault: told };
  return { fault: told ?? parseFault(tool, 'it printed no device') };
}

/** Why a tool failed, by how it ended and what it said; undefined where it did not fail. */
export function faultOfEnd(
  tool: string,
  end: ToolEnd & Partial<Pick<ToolResult, 'cutOff' | 'seconds'>>,
  output: string,
  errorOutput: string,
): GpuFault | undefined {
  return toolFault({
    tool,
    exitCode: end.exitCode,
    signal: end.signal,
    errorCode: end.cutOff === 'output' ? 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' : end.startError,
    timedOutAfter: end.cutOff === 'timeout' ? roundSeconds(end.seconds ?? 0) : undefined,
    stdout: output,
    stderr: errorOutput,
  });
}

function roundSeconds(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
