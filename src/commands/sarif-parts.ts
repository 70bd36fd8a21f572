import type { Severity } from '../lint/rule.ts';

/** The level of a finding in SARIF. */
export const LEVELS = { error: 'error', warning: 'warning', undetermined: 'note' } as const;

interface DescribedRule {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly why: string;
  readonly severity: Severity;
}

/** This program, with the rules that its results name. */
export function driverOf(rules: readonly DescribedRule[]) {
  return {
    name: 'create-gitlab-aws-oidc',
    rules: rules.map(({ id, name, summary, why, severity }) => ({
      id,
      name,
      shortDescription: { text: summary },
      fullDescription: { text: why },
      defaultConfiguration: { level: LEVELS[severity] },
    })),
  };
}

export function physicalLocation(place: {
  readonly file: string;
  readonly line?: number | undefined;
}) {
  return {
    artifactLocation: { uri: encodeURI(place.file) },
    region: { startLine: place.line ?? 1 },
  };
}
