import { aboutPaths } from './about.ts';
import type { Finding, RoleRule, RoleSubject, Rule, Sighting } from './rule.ts';

/** What rules sight, with what there is to report of each rule. */
export function findingsOfRules<Asked extends Rule | RoleRule>(
  rules: readonly Asked[],
  { policy, context }: Pick<RoleSubject, 'policy' | 'context'>,
  sightingsOf: (rule: Asked) => readonly Sighting[],
): Finding[] {
  let aboutOf: ((path: string) => string) | undefined;
  const findings: Finding[] = [];
  for (const rule of rules) {
    const { id, name, severity, harm, fix } = rule;
    for (const sighting of sightingsOf(rule)) {
      aboutOf ??= aboutPaths(policy, context);
      const about = aboutOf(sighting.path);
      findings.push({ id, name, severity, harm, fix, about, ...sighting });
    }
  }
  return findings;
}
