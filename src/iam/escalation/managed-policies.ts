/** What a managed policy of AWS makes of a role. */
export type ManagedPower = 'administrator' | 'runs';

/**
 * Managed policies of AWS that escalate, by name with path. `administrator`: everything, or everything in IAM, with which
 * one can give oneself the rest; `runs`: runs code as roles that it may pass or that are in place.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const POWERS: ReadonlyMap<string, ManagedPower> = new Map([
  ['AdministratorAccess', 'administrator'],
  ['IAMFullAccess', 'administrator'],
  ['PowerUserAccess', 'runs'],
  ['job-function/SystemAdministrator', 'runs'],
  ['job-function/DatabaseAdministrator', 'runs'],
  ['job-function/DataScientist', 'runs'],
  ['AWSLambda_FullAccess', 'runs'],
  ['AmazonSageMakerFullAccess', 'runs'],
]);

/** The name of a managed policy of AWS that escalates so, given any policy's ARN; `undefined` for others. */
export function powerfulPolicy(arn: string, power: ManagedPower): string | undefined {
  const name = nameAtAws(arn);
  return POWERS.get(name) === power ? name : undefined;
}

/** Whether an ARN is that of a policy that {@link powerfulPolicy} knows; for a long list of roles it is the same few. */
export function isPowerfulPolicy(arn: string): boolean {
  return POWERS.has(nameAtAws(arn));
}

/** The name with path of a managed policy of AWS; empty for others. */
function nameAtAws(arn: string): string {
  return /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1] ?? '';
}
