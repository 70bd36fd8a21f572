/** What `explain` and `lint` read. */
export const POLICY_INPUT = `The input is a generated repository (the default is the current folder), an answers file, a trust policy, the output of
aws iam get-role or list-roles, or of terraform show -json; - is standard input.`;
