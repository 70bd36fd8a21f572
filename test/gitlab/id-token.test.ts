import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readToken } from '../../src/gitlab/id-token.ts';

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const HEADER = part({ alg: 'RS256', kid: 'a' });
const CLAIMS = part({ iss: 'https://gitlab.com', sub: 'x' });

const broken: [what: string, token: string, flaw: string][] = [
  ['nothing', ' ', 'the token is empty'],
  [
    'half a token',
    `${HEADER}.${CLAIMS.slice(0, 9)}`,
    'the token is cut off: it has 2 of three parts',
  ],
  ['a third of a token', HEADER, 'the token is cut off: it has 1 of three parts'],
  [
    'a cut middle',
    `${HEADER}.${CLAIMS.slice(0, 9)}.c2ln`,
    'the middle part of the token is not JSON',
  ],
  ['another text', 'hello', 'this is not a JSON Web Token'],
  ['alg: none', `${part({ alg: 'none' })}.${CLAIMS}.`, 'the token is not signed (alg: none)'],
  ['no signature', `${HEADER}.${CLAIMS}.`, 'the token is not signed'],
  [
    'a symmetric key',
    `${part({ alg: 'HS256' })}.${CLAIMS}.c2ln`,
    'the token is signed by "HS256", and GitLab signs by RS256',
  ],
  [
    'a JWE',
    `${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`,
    'the token is encrypted (a JWE of five parts), but AWS accepts signed tokens only',
  ],
  ['1 MB of text', 'x'.repeat(1_048_576), 'the token has 1048576 characters, and AWS allows 20000'],
  [
    'a claim twice',
    `${HEADER}.${part('{"sub":"a","aud":"b","sub":"c"}')}.c2ln`,
    'the middle part of the token holds "sub" twice, and who reads it decides which one counts',
  ],
  [
    'a claim twice, once in disguise',
    `${HEADER}.${part('{"sub":"a","\\u0073ub":"c"}')}.c2ln`,
    'the middle part of the token holds "\\u0073ub" twice, and who reads it decides which one counts',
  ],
  ['a list', `${HEADER}.${part([1])}.c2ln`, 'the middle part of the token is not a JSON object'],
];

test.each(broken)('%s is reported for what it is', (_, token, flaw) => {
  expect(readToken(token)).toMatchObject({ flaw: { what: flaw } });
});

test('a token of GitLab is read', () => {
  expect(readToken(` ${HEADER}.${CLAIMS}.c2ln\n`)).toMatchObject({
    header: { kid: 'a' },
    claims: { sub: 'x' },
  });
});

test('any claims come out as they went in', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (claims) => {
      const token = readToken(`${HEADER}.${part(claims)}.c2ln`);
      expect(token).toMatchObject({ claims: JSON.parse(JSON.stringify(claims)) as object });
    }),
  );
});

test('no text whatever breaks it, and no flaw holds a signature', () => {
  const signature = fc.base64String({ minLength: 24 }).map((text) => part(text));
  fc.assert(
    fc.property(fc.string(), fc.string(), signature, (header, claims, secret) => {
      for (const token of [
        `${part(header)}.${part(claims)}.${secret}`,
        `${header}.${claims}.${secret}`,
      ]) {
        const read = readToken(token);
        if ('flaw' in read) expect(read.flaw.what + read.flaw.fix).not.toContain(secret);
      }
    }),
  );
});
