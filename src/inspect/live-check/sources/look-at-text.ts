import type { LiveCheck } from '../live-check.js';
import { OtlpRequests } from '../otlp/requests.js';
import { shownAt } from '../places.js';
import type { Pages, TargetPage } from '../pages.js';
import { isHtml } from './html.js';
import { TargetError } from './target-error.js';

/** What texts are handed to. */
export interface Readers {
  readonly check: LiveCheck;
  readonly pages: Pages;
}

/** Lines that a page may have: many times what a server is set to take from one target, and few enough to hold. */
const mostLines = 1_000_000;

function requireFewLines({ target, text }: TargetPage): void {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  if (lines <= mostLines) return;
  throw new TargetError(`${target} has more than ${mostLines / 1e6} million lines`, [
    'no server should take such a page: is there a label without a bound?',
  ]);
}

/** Whether a text is OTLP as JSON: one request, or one in each line, as the Collector's file exporter writes. */
function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text.slice(0, 1000));
}

/** Requests of a text with the lines that they begin on. */
function* requestsIn(text: string): Iterable<{ readonly request: unknown; readonly line: number }> {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    let line = 0;
    for (const each of text.split('\n')) {
      line += 1;
      if (each.trim() !== '') yield { request: JSON.parse(each) as unknown, line };
    }
    return;
  }
  for (const request of Array.isArray(whole) ? (whole as unknown[]) : [whole]) yield { request, line: 1 };
}

/** Looks at requests of OTLP as JSON. @returns whether there was anything to look at */
function lookAtJson({ target, text }: TargetPage, check: LiveCheck): boolean {
  const requests = new OtlpRequests(check);
  let hasAny = false;
  let last = 0;
  try {
    for (const { request, line } of requestsIn(text)) {
      last = line;
      hasAny = requests.add(request, { path: target, line }) || hasAny;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const line = last + 1;
    check.note('OBS6003', `${target} json`, () => ({
      message: `line ${line} is no JSON: ${error.message}`,
      range: shownAt(target, line, () => text.split('\n', line).at(-1) ?? '')(),
      help: 'OTLP in a file is one request as JSON, or one in each line, as the file exporter of the Collector writes it',
    }));
  }
  return hasAny;
}

/**
 * Looks at a text, whatever it is: a page of metrics, or OTLP as JSON. One without anything in it is a finding.
 * @throws TargetError where it is a page for people, or beyond all bounds
 */
export function lookAtText(page: TargetPage, { check, pages }: Readers): void {
  if (isHtml(page.text, page.contentType))
    throw new TargetError(`${page.target} is HTML, not a page of metrics`);
  const isPage = !isJson(page.text);
  if (isPage) requireFewLines(page);
  const hasAny = isPage ? pages.add(page) > 0 : lookAtJson(page, check);
  if (!hasAny) noteEmpty(check, page.target);
}

/** Says that a target had nothing. */
export function noteEmpty(check: LiveCheck, target: string, help?: string): void {
  check.note('OBS6001', target, () => ({
    message: `${target} has no sample`,
    range: undefined,
    help:
      help ??
      'a check that looks at nothing proves nothing: is it the right address, and has the service recorded anything?',
  }));
}
