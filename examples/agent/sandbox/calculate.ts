import { correlation, spans, telemetry } from '../../../generated/index.js';
import { evaluate } from '../tools/expression.js';

// Runs as a child process: evaluates the expression that it is given, and says its value, or why it has none. Its span belongs to the
// trace of the request that it works for: the environment says which (TRACEPARENT).
const expression = process.argv[2] ?? '';
const isExported = process.env['OTEL_TRACES_EXPORTER'] !== 'none';
await telemetry.start({
  spans: isExported,
  // Of a process that lives for a second, nothing is scraped and nobody is told.
  switches: { process: false, security: false, errors: false, cost: false },
});
try {
  const value = correlation.fromEnvironment(() =>
    spans.researchCalculate({ expression }, () => evaluate(expression)),
  );
  process.stdout.write(String(value));
} catch (error) {
  process.stdout.write(error instanceof Error ? error.message : 'it cannot be evaluated');
  process.exitCode = 1;
}
// Whoever waits for the value does not wait for a collector that is down.
await telemetry.shutdown({ deadlineSeconds: 1 });
process.exit();
