/** What share of the faults tests have to notice. */
export const goal = 0.85;

/**
 * The tests that are to notice faults in each folder: its own, and the cases of all findings where it finds something. More would notice no less,
 * and take longer: the whole suite reaches most lines.
 */
export const suites = {
  encode: [
    'test/properties/{data,encode,markdown}.test.ts',
    'test/emit/*.test.ts',
    'test/emit/{markdown,agents-guide}/*.test.ts',
  ],
  spec: [
    'test/spec/*.test.ts',
    'test/diagnostics.test.ts',
    'test/diagnostics-fixes.test.ts',
    'test/fix/*.test.ts',
  ],
  model: ['test/model/*.test.ts', 'test/diagnostics.test.ts', 'test/presets/*.test.ts'],
  promql: ['test/promql/**/*.test.ts', 'test/diagnostics.test.ts'],
  slo: ['test/slo/!(native-live).test.ts', 'test/diagnostics.test.ts'],
  output: ['test/output/*.test.ts'],
  instrument: [
    'test/instrument/!(properties|*-behaviour|more-running).test.ts',
    'test/instrument/*/*.test.ts',
  ],
};
