import { expect, test } from '@jest/globals';
import type { DocumentAnswer } from '../../src/gitlab/issuer/get-document.ts';
import { issuerNotes } from '../../src/interview/guide/look-at-issuer.ts';

const URL = 'https://gitlab.example.com';
const DISCOVERY = `${URL}/.well-known/openid-configuration`;
const read: DocumentAnswer = { url: DISCOVERY, document: {} };
const whole = { url: URL, discovery: read, issuer: URL, obstacles: [], addressesKnown: true };

test('an issuer that AWS can use needs no note', () => {
  expect(issuerNotes(whole)).toEqual([]);
});

test('one that tokens name otherwise, and that is inside, is reported', () => {
  const report = {
    ...whole,
    issuer: 'https://oidc.example.com',
    obstacles: [{ host: 'gitlab.example.com', what: 'is at 10.0.0.7, a private address' }],
  };
  expect(issuerNotes(report)).toEqual([
    'Its tokens are issued by "https://oidc.example.com".',
    '! AWS cannot be expected to reach gitlab.example.com: it is at 10.0.0.7, a private address. From GitLab 18.1 on a public host can stand in as issuer.',
  ]);
});

test('so is a chain that is out of order, and a certificate that has expired', () => {
  const tls = {
    path: [],
    duplicates: ['twice'],
    strangers: [],
    inOrder: false,
    asSent: true,
    signer: 'unknown',
    distrust: 'CERT_HAS_EXPIRED',
  } as unknown as NonNullable<DocumentAnswer['tls']>;
  const jwks = { url: `${URL}/oauth/discovery/keys`, document: { keys: [] }, tls };
  expect(issuerNotes({ ...whole, jwks })).toEqual([
    "! The certificate of the keys' host is not trusted here: CERT_HAS_EXPIRED.",
    '! Its certificates are sent in the wrong order.',
    '! It sends a certificate more than once.',
  ]);
});

test('so is a document that does not come', () => {
  const discovery = { url: DISCOVERY, failure: 'it answers 404 Not Found' };
  expect(issuerNotes({ url: URL, discovery, obstacles: [], addressesKnown: true })).toEqual([
    'https://gitlab.example.com/.well-known/openid-configuration could not be read: it answers 404 Not Found.',
  ]);
});
