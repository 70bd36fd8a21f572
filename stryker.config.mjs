import { readdirSync } from 'node:fs';

/** Fewer cases of each property: what one of them finds, a test of the specification should find as well. */
process.env.RUNS ??= '0.2';

/**
 * What holds the promises of `src/access`: its own suites, and those of what stands on it. Left out are suites that run for
 * long, and the one that asks another program.
 */
const OWN = readdirSync('test/access', { recursive: true }).filter(
  (file) => file.endsWith('.test.ts') && !file.startsWith('simulated'),
);
const ABOVE = ['iam/vectors', 'lint/lint', 'lint/rules', 'lint/claims', 'lint/nobody', 'explain/explain', 'compare/compare', 'compare/gains', 'lint/attached', 'audit/reach/policies']; // prettier-ignore

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  // The table is generated, and its test reads its text.
  mutate: ['src/access/**/*.ts', '!src/access/reach/access-levels.ts'],
  disableTypeChecks: false,
  testRunner: 'warm',
  plugins: ['./scripts/mutants-runner.mjs'],
  mutants: {
    suites: process.env.SUITES?.split(',') ?? [
      ...OWN.map((file) => `test/access/${file}`),
      ...ABOVE.map((name) => `test/${name}.test.ts`),
    ],
  },
  warnings: { unknownOptions: false },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  timeoutMS: 6000,
  ignorePatterns: ['dist', 'generated', 'docs'],
  incremental: true,
  incrementalFile: 'reports/mutants.json',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
};
