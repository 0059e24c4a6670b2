import type { AuditFileReport, AuditReport } from './report.js';

/** Characters of a path or a message that a terminal would obey. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The report for people: a line a file, and the first fault below it. */
export function showAuditReport(report: AuditReport): string {
  const lines = report.files.flatMap((file) => [
    `${file.fault === undefined ? 'ok    ' : 'broken'} ${file.file}: ${summary(file)}`,
    ...(file.fault === undefined
      ? []
      : [`       line ${file.fault.line}: ${file.fault.kind}: ${file.fault.message}`]),
  ]);
  const sealed =
    report.sealed === 'sha256'
      ? ['no key: whoever can write these files could have made the whole chain anew']
      : [];
  return [...lines, ...sealed].map((line) => `${visible(line)}\n`).join('');
}

function summary({ records, first, last, chain, repaired }: AuditFileReport): string {
  if (records === 0) return 'no record is proven';
  const count = records === 1 ? `record ${first ?? 0}` : `records ${first ?? 0} to ${last ?? 0}`;
  const torn = repaired === 0 ? '' : `, ${repaired} torn ${repaired === 1 ? 'line' : 'lines'} accounted for`;
  return `${count} of chain ${chain ?? '?'} proven${torn}`;
}

function visible(text: string): string {
  return text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
