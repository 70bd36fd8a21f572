import type { PrincipalElement } from './policy.ts';

/**
 * Whether a `Principal` names the OIDC provider of a request. `"*"` and `{"AWS": "*"}` are the same
 * and mean everyone; otherwise only a `Federated` entry, equal to the ARN, partition and all.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function preparePrincipal(element: PrincipalElement): (provider: string) => boolean {
  const named = new Set(
    element.entries.filter(({ type }) => type === 'Federated').map(({ value }) => value),
  );
  const everyone = element.entries.some(
    ({ type, value }) => value === '*' && (type === '*' || type === 'AWS' || type === 'Federated'),
  );
  return (provider) => (everyone || named.has(provider)) !== element.negated;
}
