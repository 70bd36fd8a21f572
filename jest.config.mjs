/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/test/e2e/'],
  extensionsToTreatAsEsm: ['.ts', '.hbs', '.html'],
  transform: {
    '\\.ts$': '<rootDir>/scripts/jest-typescript.mjs',
    '\\.html$': '<rootDir>/scripts/jest-page.mjs',
    '\\.hbs$': '<rootDir>/scripts/jest-template.mjs',
  },
  moduleFileExtensions: ['ts', 'mjs', 'js', 'cjs', 'json', 'hbs', 'html'],
  // Most of the time is spent in other programs.
  maxWorkers: '100%',
  testTimeout: 60_000,
  globalSetup: '<rootDir>/scripts/jest-setup.mjs',
};
