/** What `explain` and `lint` read. */
export const POLICY_INPUT = `An input is a generated repository (the default is the current folder), an answers file, a trust policy, what the AWS
CLI prints of roles, account details, OIDC providers, RCPs and SCPs, what terraform show -json prints of a plan or a
state, a state file, .tf files, cdk.tf.json, a CloudFormation template, or a folder of these; - is standard input.`;
