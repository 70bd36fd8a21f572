import { expect, test } from '@jest/globals';
import { proxyFor } from '../../src/gitlab/api/proxy.ts';

const GITLAB = new URL('https://gitlab.example.com/');

test.each([
  [{ HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
  [{ https_proxy: 'proxy:3128' }, 'http://proxy:3128'],
  [{ HTTPS_PROXY: '' }, undefined],
  [{ HTTP_PROXY: 'http://proxy:3128' }, undefined],
  [{}, undefined],
])('%j leads through %s', (environment, proxy) => {
  expect(proxyFor(GITLAB, environment)).toBe(proxy);
});

test.each([
  ['*', true],
  ['gitlab.example.com', true],
  ['GitLab.Example.com', true],
  ['.example.com', true],
  ['*.example.com', true],
  ['localhost, example.com', true],
  ['gitlab.example.com:443', true],
  ['gitlab.example.com:8443', false],
  ['lab.example.com', false],
  ['other.com', false],
  ['', false],
])('NO_PROXY=%s exempts it: %s', (list, exempt) => {
  const environment = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: list };
  expect(proxyFor(GITLAB, environment) === undefined).toBe(exempt);
});
