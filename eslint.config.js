import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Which folder may import which: a stage knows the stages before it, and the runtime knows none of them. */
const onlyFrom = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

/** What `npm run typecheck` compiles. Every file is of one of them, so that the tsconfig.json of an example is no program to load besides. */
const programs = ['tsconfig.json', 'src/preview/page/tsconfig.json', 'test/preview/page/tsconfig.json'];

export default defineConfig(
  globalIgnores([
    '**/dist/',
    'coverage/',
    'node_modules/',
    'bench/node_modules/',
    'test/.out/',
    // A copy of src/runtime; what is emitted is linted by the tests of its emitter.
    'generated/runtime/',
    'test/render/',
    'test/cases/*/**',
    'test/instrument/cases/*/**',
    'test/instrument/adopt/cases/*/**',
    'test/diagnostics/*/**',
  ]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: programs, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['test/**', 'bench/**', 'examples/**', 'scripts/**'],
    rules: { 'no-console': 'off', 'max-lines': 'off' },
  },
  { files: ['src/spec/spec.ts', 'generated/**'], rules: { 'max-lines': 'off' } },
  onlyFrom(
    ['src/runtime/*.ts', 'src/runtime/*/*.ts'],
    [
      '../../*',
      '../{cli,diagnostics,emit,encode,model,output,promql,slo,spec}/*',
      'yaml',
      'ajv',
      'yargs',
      'handlebars',
      'ts-morph',
    ],
    'the runtime imports prom-client and @opentelemetry/api, nothing of the compiler',
  ),
  onlyFrom(
    ['src/runtime/*/*/**'],
    [
      '../../../*',
      '../../{cli,diagnostics,emit,encode,model,output,promql,slo,spec}/*',
      'yaml',
      'ajv',
      'yargs',
      'handlebars',
      'ts-morph',
    ],
    'the runtime imports prom-client and @opentelemetry/api, nothing of the compiler',
  ),
  onlyFrom(
    ['src/{diagnostics,promql,encode}/**'],
    ['**/cli/*', '**/output/*', '**/emit/*', '**/model/*'],
    'an early stage knows no later one',
  ),
  onlyFrom(
    ['src/{spec,model,slo,emit}/**'],
    ['**/cli/*', '**/output/*'],
    'only cli prints, only output writes',
  ),
  {
    files: ['src/**'],
    ignores: [
      'src/instrument/**',
      'src/inspect/analyze/**',
      'src/inspect/infer/sources/code/**',
      'src/init/editor-settings.ts',
    ],
    rules: {
      // A rule of another name: of two settings of one rule the later would replace the earlier.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'ts-morph',
              message: 'only what reads programs loads the compiler: it is large, and slow to start',
            },
          ],
        },
      ],
    },
  },
);
