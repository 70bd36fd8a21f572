/** Answers for so many roles, each with so many projects, as text of an answers file. */
export function answersFor(roles: number, projects = 1): string {
  const project = (role: number, n: number) => `{ path: group${role}/project${n} }`;
  const role = (n: number) => `  - name: role-${n}x
    projects: [${Array.from({ length: projects }, (_, at) => project(n, at)).join(', ')}]
    refs: { branches: [main], protected_only: true }
    permissions: { s3: { read: [bucket-${n}] } }
`;
  return `version: 2
gitlab: { url: https://gitlab.com }
aws: { region: eu-west-1, quotas: { roles: 5000 } }
provider: { mode: create }
roles:
${Array.from({ length: roles }, (_, n) => role(n)).join('')}output: cdktf
state: { backend: local }
ci: { credentials: web-identity }
`;
}

/** What comes out for the accounts that are measured. */
export type AccountsCode = 'hcl' | 'cdktf';

/** Answers for so many accounts, each with the same roles, as text of an answers file. */
export function answersForAccounts(accounts: number, roles: number, output: AccountsCode): string {
  const account = (n: number) => `  - { name: account-${n}, id: "${100_000_000_000 + n}" }\n`;
  const role = (n: number) => `  - name: role-${n}x
    projects: [{ path: group/project${n}, id: ${n + 1} }]
    refs: { branches: [main], protected_only: true }
    permissions: { s3: { read: [bucket-${n}] } }
`;
  return `version: 2
gitlab: { url: https://gitlab.com }
aws: { region: eu-west-1 }
provider: { mode: create }
accounts:
${Array.from({ length: accounts }, (_, n) => account(n)).join('')}roles:
${Array.from({ length: roles }, (_, n) => role(n)).join('')}output: ${output}
state: { backend: s3, bucket: my-states, key: "gitlab-aws-oidc/{account}/terraform.tfstate" }
ci: { credentials: web-identity }
`;
}
