import { RULES } from '../../../src/lint/rules.ts';
import type { Rule, RoleRule, Severity } from '../../../src/lint/rule.ts';

const INTRODUCTION = `# Lint rules

What \`lint\` looks for in a role's trust policy. It checks the statements that trust a GitLab issuer: gitlab.com, a host
or path named gitlab, a host that any role of the input trusts with a GitLab subject, and those given with \`--issuer\`. The
statements of other services are skipped.

A rule about who may assume a role does not look at the shape of texts: it asks the access analysis ([access.md](access.md)),
Deny statements and RCPs included, and shows a token that the role accepts (\`token\` in text, \`witness\` in JSON). A rule that says that
nobody may is reported only where that is proven. Requests before the day of the run (UTC) do not count: a trust that has expired
admits nobody.

A rule about permissions asks what [audit](audit.md#what-a-role-may-do) asks: what a policy allows within the role's boundary and the
SCPs and RCPs of the input, less what the role's other policies deny. Where the boundary's document is not in the input, it says so.

Each rule has an id that never changes its meaning, a severity, and a harm:

| harm      | meaning                                          | grade of the policy |
| --------- | ------------------------------------------------ | ------------------- |
| lets-in   | somebody whom nobody named may assume the role   | dangerous           |
| weakens   | more may assume the role than is wise            | caution             |
| locks-out | those whom it names may not assume the role      | caution             |
| rejected  | AWS rejects it                                   | caution             |
| unknown   | what it does cannot be determined                | caution             |
| untidy    | it changes nothing, and should be written plainly | safe                |

A policy that was checked and has no other finding is \`safe\`; one without a statement to check is \`not-judged\`. OIDC021 is
no longer used: OIDC117 takes its place, since IAM accepts numbers and Booleans.
`;

const HEADINGS: Readonly<Record<Severity, string>> = {
  error: 'Errors',
  warning: 'Warnings',
  undetermined: 'Undetermined',
};

/** docs/rules.md, all of it from the rules. */
export function rulesPage(): string {
  const severities: readonly Severity[] = ['error', 'warning', 'undetermined'];
  return [INTRODUCTION, ...severities.map(table), ...RULES.map(section)].join('\n');
}

function table(severity: Severity): string {
  const rows = RULES.filter((rule) => rule.severity === severity).map(
    ({ id, name, summary }) => `| [${id} ${name}](#${id.toLowerCase()}-${name}) | ${summary} |\n`,
  );
  return `## ${HEADINGS[severity]}\n\n| rule | what |\n| --- | --- |\n${rows.join('')}`;
}

function section({
  id,
  name,
  severity,
  harm,
  summary,
  why,
  example,
  fix,
}: Rule | RoleRule): string {
  return `## ${id} ${name}\n\n${summary}. Severity: ${severity}. Harm: ${harm}.\n\n${why}\n\n**Example.** ${example}\n\n**Fix.** ${fix}.\n`;
}
