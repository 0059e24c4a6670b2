import { analyse } from '../analyse.js';
import { hasErrors } from '../diagnostics/create.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { renderPretty } from '../diagnostics/render/pretty.js';
import { painter } from '../diagnostics/render/style.js';
import { LiveCheck, type LiveCheckResult } from '../inspect/live-check/live-check.js';
import { Pages } from '../inspect/live-check/pages.js';
import { OtlpRequests } from '../inspect/live-check/otlp/requests.js';
import { liveCheckText } from '../inspect/live-check/report/text.js';
import { lookAtText, noteEmpty } from '../inspect/live-check/sources/look-at-text.js';
import type { Model } from '../model/model.js';
import type { LoadedSpec } from '../spec/loaded.js';

/** What telemetry is held against. */
export interface SpecExpectation {
  /** Path of the spec, from the working directory. */
  readonly spec: string;
  /** The share of the declared names that has to be seen, 0 to 1. */
  readonly minCoverage?: number;
  /** Patterns of names, with `*` and `?`, that are accepted although the spec does not know them. */
  readonly allow?: readonly string[];
  /** Labels that are looked past. */
  readonly ignoreLabels?: readonly string[];
  /** Whether warnings are findings. */
  readonly strict?: boolean;
}

/** What a matcher answers. */
export interface SpecMatch {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A registry of prom-client, or of anything with such a method. */
export interface MetricsRegistry {
  metrics(): string | Promise<string>;
}

interface ReadSpec {
  readonly model: Model;
  readonly loaded: LoadedSpec | undefined;
}

/** Specs by path: a file of tests asks for the same one again and again. */
const specs = new Map<string, ReadSpec>();

/** @throws where the spec itself has errors: nothing can be held against it */
function specAt(path: string, today: string): ReadSpec {
  const known = specs.get(path);
  if (known !== undefined) return known;
  const { model, diagnostics, loaded } = analyse(path, today);
  if (model === undefined || hasErrors(diagnostics))
    throw new Error(`the spec has errors:\n\n${renderPretty(diagnostics, { color: false })}`);
  const spec = { model, loaded };
  specs.set(path, spec);
  return spec;
}

function isRegistry(value: unknown): value is MetricsRegistry {
  return (
    typeof value === 'object' && value !== null && 'metrics' in value && typeof value.metrics === 'function'
  );
}

function isFinding({ severity }: Diagnostic, strict: boolean): boolean {
  return severity === 'error' || (strict && severity === 'warning');
}

function answer(result: LiveCheckResult, service: string, strict: boolean): SpecMatch {
  const findings = result.diagnostics.filter((each) => isFinding(each, strict));
  const report = (): string => liveCheckText(service, result, painter(false));
  return {
    pass: findings.length === 0,
    message: () =>
      findings.length === 0
        ? `what came is what the spec says, and was expected not to be\n\n${report()}`
        : `what came is not what the spec says\n\n${renderPretty(findings, { color: false })}\n${report()}`,
  };
}

function match(received: unknown, expected: SpecExpectation): SpecMatch {
  const { spec, minCoverage, allow = [], ignoreLabels = [], strict = false } = expected;
  const today = new Date().toISOString().slice(0, 10);
  const { model, loaded } = specAt(spec, today);
  const check = new LiveCheck(model, { today, allow, ignoreLabels, minCoverage, loaded });
  if (typeof received === 'string') {
    const readers = { check, pages: new Pages(check) };
    lookAtText({ target: 'the page', text: received, contentType: undefined }, readers);
  } else {
    const requests = new OtlpRequests(check);
    const list: readonly unknown[] = Array.isArray(received) ? received : [received];
    const found = list.map((request, index) => requests.add(request, { path: 'request', line: index + 1 }));
    if (!found.includes(true)) noteEmpty(check, 'what was handed in');
  }
  return answer(check.finish(), model.service.name, strict);
}

/**
 * Holds telemetry against a spec, as `obs-gen live-check` does.
 * @param received the text of a page, a registry of prom-client, or requests of OTLP in the JSON encoding
 * @returns a promise for a registry alone, whose page comes as one
 * @throws where the spec cannot be read or has errors, and where a page is HTML
 */
export function toMatchSpec(received: unknown, expected: SpecExpectation): SpecMatch | Promise<SpecMatch> {
  if (received instanceof Promise)
    throw new TypeError(
      'a promise was handed in: await it, or write expect(promise).resolves.toMatchSpec(…)',
    );
  if (!isRegistry(received)) return match(received, expected);
  return Promise.resolve(received.metrics()).then((page) => match(page, expected));
}
