import { gunzipSync } from 'node:zlib';
import { readDocument, type DocumentForm } from './document.js';
import type { Intake } from './intake.js';

/** Why bytes hold no trace; the message is for people. */
export class Unreadable extends Error {
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}

/** Bytes of a file, packed or not. A trace of 200,000 spans is about 100 MB. */
export const largestInput = 400 * 1024 * 1024;

const newline = 0x0a;

/**
 * Reads a file: one JSON document, or one on each line, as the Collector's file exporter writes; gzip or not.
 * @throws Unreadable, TooManySpans
 */
export function readBytes(given: Buffer, intake: Intake): void {
  const bytes = unpacked(given);
  const forms = new Set<DocumentForm>();
  const before = intake.spans.length;
  let isFirst = true;
  for (const line of linesOf(bytes)) {
    const document = parsed(line);
    if (document !== undefined) forms.add(readDocument(document.value, intake));
    else if (isFirst) {
      // A document that is laid out is read as a whole.
      forms.add(readDocument(wholeDocument(bytes), intake));
      break;
    } else intake.note('unreadable-lines');
    isFirst = false;
  }
  if (intake.spans.length === before) throw nothingFound(forms);
}

function nothingFound(forms: ReadonlySet<DocumentForm>): Unreadable {
  if (forms.has('search'))
    return new Unreadable(
      'it lists traces that a search found, without their spans',
      'fetch them: obs-gen trace --tempo URL --query TRACEQL',
    );
  if (forms.has('other signal'))
    return new Unreadable('it holds metrics or logs, and no spans', 'name the file with the traces');
  if (forms.has('otlp') || forms.has('jaeger'))
    return new Unreadable('it holds no span', 'look whether the trace was sampled, and has been written');
  return new Unreadable(
    'it is JSON of another form',
    'it has to be OTLP in JSON (with resourceSpans), or what Tempo or Jaeger answer',
  );
}

function unpacked(bytes: Buffer): Buffer {
  if (bytes.length === 0) throw new Unreadable('it is empty', 'look whether a trace has been written');
  if (bytes.length > largestInput)
    throw new Unreadable(`it has more than ${largestInput / 1024 / 1024} MiB`, 'split it, by lines');
  // Frames of Zstandard begin with this number: the Collector's file exporter can pack with it, Node 20 cannot unpack.
  if (bytes.length > 4 && bytes.readUInt32LE(0) === 0xfd2fb528)
    throw new Unreadable('it is packed with Zstandard', 'unpack it first: zstd -d FILE');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largestInput });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new Unreadable(`it unpacks to more than ${largestInput / 1024 / 1024} MiB`, 'split it, by lines');
    throw new Unreadable(`it begins as gzip, and cannot be unpacked: ${message}`, 'look whether it is whole');
  }
}

/** Lines that are not blank. */
function* linesOf(bytes: Buffer): Generator<Buffer> {
  let from = 0;
  while (from < bytes.length) {
    const found = bytes.indexOf(newline, from);
    const to = found === -1 ? bytes.length : found;
    const line = bytes.subarray(from, to);
    from = to + 1;
    if (line.some((byte) => byte > 0x20)) yield line;
  }
}

function parsed(line: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(line.toString('utf8').replace(/^\ufeff/, '')) as unknown };
  } catch {
    return undefined;
  }
}

function wholeDocument(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    const isProtobuf = bytes[0] === 0x0a;
    throw new Unreadable(
      `it is no JSON: ${(error as Error).message}`.slice(0, 200),
      isProtobuf
        ? 'it looks like protobuf: have the Collector write `format: json`'
        : 'it has to be OTLP in JSON, one document or one on each line',
    );
  }
}
