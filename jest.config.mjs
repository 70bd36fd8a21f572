import { availableParallelism } from 'node:os';

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
  // More than there are processors: a suite about a server that never answers only waits, as for other programs.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // A worker keeps the modules of every suite; starting another program from a large one takes long.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60_000,
  globalSetup: '<rootDir>/scripts/jest-setup.mjs',
  testSequencer: '<rootDir>/scripts/jest-slow-first.mjs',
};
