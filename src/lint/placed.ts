import type { Place, RoleContext } from '../access/role-context.ts';
import type { Finding } from './rule.ts';

/** The findings of a role, each with the place of what it is about, where that is not the trust policy. */
export function placed(findings: readonly Finding[], role: RoleContext): readonly Finding[] {
  return findings.map((finding) => {
    const place = ownPlace(finding.path, role);
    return place ? { ...finding, place } : finding;
  });
}

function ownPlace(path: string, { policies, providers }: RoleContext): Place | undefined {
  const [, field, index] =
    /^(attachedPolicies|thumbprints|providerUrl)(?:\[(\d+)\])?$/.exec(path) ?? [];
  if (field === 'attachedPolicies') return policies?.[Number(index)]?.place;
  return field === undefined ? undefined : providers[0]?.place;
}
