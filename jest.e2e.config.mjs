import config from './jest.config.mjs';

/** The end-to-end part: slower, and with more of the real tools. @type {import('jest').Config} */
export default {
  ...config,
  testPathIgnorePatterns: [],
  testMatch: ['**/test/e2e/**/*.test.ts'],
  testTimeout: 300_000,
  // Terraform and its provider keep a processor busy, and take much memory.
  maxWorkers: '100%',
  // Not that of the unit tests: npm may need the machine's certificates for its registry.
  globalSetup: '<rootDir>/scripts/jest-e2e-setup.mjs',
};
