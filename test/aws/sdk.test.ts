import { expect, test } from '@jest/globals';
import { sdkSettings } from '../../src/aws/sdk.ts';

/** China's hosts end in amazonaws.com.cn, those of all other regions that are listed in amazonaws.com. */
test.each([
  ['us-east-1', '.amazonaws.com', false],
  ['us-east-1', '.amazonaws.com.cn', true],
  ['us-gov-west-1', '.amazonaws.com', false],
  ['cn-north-1', '.amazonaws.com', true],
  ['cn-north-1', '.amazonaws.com.cn', false],
])('AWS in %s, with NO_PROXY=%s, is asked through the proxy: %s', async (region, none, isAsked) => {
  const env = { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: none };
  const { requestHandler } = await sdkSettings(region, env);
  expect('httpsAgent' in requestHandler).toBe(isAsked);
});
