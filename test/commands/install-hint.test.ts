import { expect, test } from '@jest/globals';
import { CDKS } from '../../src/blueprint/cdk.ts';
import { installHint } from '../../src/commands/create/summary.ts';

/** The ABI of each version of Node. @see https://nodejs.org/en/about/previous-releases */
const ABIS = { 20: 115, 22: 127, 24: 137 };
const ONE_LINE = 300;

test.each([20, 22] as const)('Node %s installs CDKTF without a compiler', (version) => {
  expect(installHint({ cdk: CDKS.cdktf }, ONE_LINE, ABIS[version])).toBeUndefined();
});

test('Node 24 needs one, and creating a repository with it shows that', () => {
  expect(installHint({ cdk: CDKS.cdktf }, ONE_LINE, ABIS[24])).toMatch(
    /C\+\+ compiler.*--output cdktn/,
  );
});

test('neither CDK Terrain nor HCL alone needs one', () => {
  expect(installHint({ cdk: CDKS.cdktn }, ONE_LINE, ABIS[24])).toBeUndefined();
  expect(installHint({ cdk: undefined }, ONE_LINE, ABIS[24])).toBeUndefined();
});
