import { QUOTAS } from '../../iam/quotas.ts';
import type { Rule, Sighting } from '../rule.ts';

export const thumbprintForm: Rule = {
  id: 'OIDC027',
  name: 'thumbprint-form',
  severity: 'error',
  harm: 'rejected',
  summary: 'A thumbprint that AWS does not take',
  why: 'A thumbprint is a certificate’s SHA-1 in 40 hexadecimal digits, without colons; a provider holds at most five.',
  example: '`AA:BB:…` as openssl prints it: ValidationError.',
  fix: 'Take the colons out; leave the list away where a public CA signed the certificate',
  check: ({ context: { thumbprints = [] } }) => {
    const malformed = thumbprints.flatMap((text, at): Sighting[] =>
      /^[0-9a-f]{40}$/i.test(text)
        ? []
        : [{ path: `thumbprints[${at}]`, message: `"${text}" is not 40 hexadecimal digits` }],
    );
    const tooMany = thumbprints.length > QUOTAS.thumbprints;
    return tooMany
      ? [
          ...malformed,
          { path: 'thumbprints', message: `${thumbprints.length}, at most 5 are taken` },
        ]
      : malformed;
  },
};
