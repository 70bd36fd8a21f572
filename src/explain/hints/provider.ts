import { issuerOfArn } from '../../iam/condition-keys.ts';
import { firstOf, type Hint } from '../hint.ts';

export const provider: Hint = {
  name: 'provider',
  tell: ({ check, request }) => {
    if (check.kind !== 'principal' || check.negated) return undefined;
    const told = firstOf(check.expected, (expected) => difference(expected, request.principal));
    return told ?? 'the statement trusts another principal, not this OIDC provider';
  },
};

const PARTS = ['', 'partition', '', '', 'account'] as const;

function difference(expected: string, actual: string): string | undefined {
  const wanted = issuerOfArn(expected);
  const given = issuerOfArn(actual);
  if (wanted === undefined || given === undefined) return undefined;
  if (wanted !== given) return `the policy trusts the provider ${wanted}, the token is of ${given}`;
  const [left, right] = [expected.split(':'), actual.split(':')];
  const at = PARTS.findIndex((part, index) => part !== '' && left[index] !== right[index]);
  const part = PARTS[at];
  return (
    part && `the policy names the ${part} ${left[at] ?? ''}, the provider is in ${right[at] ?? ''}`
  );
}
