/** Ids that the stack itself uses. */
const TAKEN = new Set(['aws', 'gitlab', 'provider_arn', 'role_arns']);

/** Ids that the library constructs does not take: one it leaves out of a path, the others every object has. */
function isUntakable(id: string): boolean {
  return id === 'Default' || id in Object.prototype;
}

/** A role's or policy's name as it stands in a Terraform address: letters, digits, `_`, `-`. */
export function labelOf(name: string): string {
  const label = name.replace(/[^A-Za-z0-9_-]/g, '_').replaceAll('-', '_');
  const safe = /^[A-Za-z_]/.test(label) ? label : `_${label}`;
  return TAKEN.has(safe.toLowerCase()) || isUntakable(safe) ? `${safe}_role` : safe;
}

/** What two labels have in common when they would be confused. */
export function foldedLabel(label: string): string {
  return label.toLowerCase().replaceAll('_', '');
}

/** The TypeScript constant for a role: `gitlab-deploy` is `gitlabDeployRole`. */
export function constantOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const camel = words
    .map((word, index) =>
      index === 0
        ? word.charAt(0).toLowerCase() + word.slice(1)
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join('');
  const identifier = `${camel}Role`;
  return /^[a-z_]/i.test(identifier) ? identifier : `_${identifier}`;
}

/** The hidden CI job that application jobs extend to assume a role. */
export function jobName({ job }: { readonly job: string }): string {
  return job;
}
