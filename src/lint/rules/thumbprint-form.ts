import { QUOTAS } from '../../iam/quotas.ts';
import type { Rule, Sighting } from '../rule.ts';

export const thumbprintForm: Rule = {
  id: 'OIDC027',
  name: 'thumbprint-form',
  severity: 'error',
  harm: 'rejected',
  summary: 'A thumbprint that AWS rejects',
  why: 'A thumbprint is the SHA-1 of a certificate in 40 hexadecimal digits, without colons. A provider can list at most five.',
  example: '`AA:BB:…` as openssl prints it: ValidationError.',
  fix: 'Remove the colons. If a public CA signed the certificate, remove the list',
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
          { path: 'thumbprints', message: `${thumbprints.length}, AWS allows at most 5` },
        ]
      : malformed;
  },
};
