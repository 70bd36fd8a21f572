import { managedPolicyArn, STAND_IN_ACCOUNT } from '../../../../iam/arn.ts';
import { isPowerfulPolicy } from '../../../../iam/escalation/managed-policies.ts';
import { Undetermined, undeterminedIn } from '../../undetermined.ts';
import { argumentsOf, type ConfiguredResource } from '../configuration.ts';
import type { Evaluator, LoopNames } from '../evaluate/evaluator.ts';
import { computedAttribute, identifies, partitionIn, urlOfProvider } from '../identity.ts';
import { policyOfDocument } from '../policy-document.ts';
import { textOf } from '../../values.ts';
import type { Surroundings } from '../resource.ts';
import { valuesOf } from './block-values.ts';

/** One of the times that a resource is there. */
interface ResourceTurn {
  /** In its module: `aws_iam_role.team["web"]`. */
  readonly address: string;
  readonly names: LoopNames;
  readonly evaluator: Evaluator;
  readonly surroundings: Surroundings;
}

/** An attribute of a resource: as it is written, or as it follows from what is written. */
export function attributeOf(
  attribute: string,
  { resource: type, mode, body }: ConfiguredResource,
  { address, names, evaluator, surroundings }: ResourceTurn,
): unknown {
  const given = argumentsOf(body);
  const of = (name: string) => {
    const expression = given.get(name);
    return expression && evaluator.value(expression, names);
  };
  const isProvider = type === 'aws_iam_openid_connect_provider';
  const written =
    isProvider && attribute === 'url' ? urlOfProvider(of('url'), of('arn')) : of(attribute);
  // A name that is null is one that Terraform makes up.
  if (written !== undefined && !(written === null && identifies(type, attribute))) return written;
  const { account, region } = surroundings;
  if (type === 'aws_caller_identity' && attribute === 'account_id')
    return account ?? STAND_IN_ACCOUNT;
  if (type === 'aws_partition' && attribute === 'partition') return partitionIn(surroundings);
  if (type === 'aws_region' && /^(name|id|region)$/.test(attribute) && region !== undefined)
    return region;
  if (type === 'aws_iam_policy_document' && /^(minified_)?json$/.test(attribute)) {
    const policy = policyOfDocument(valuesOf(body, names, evaluator));
    return undeterminedIn(policy) ?? JSON.stringify(policy);
  }
  if (mode === 'data' && type === 'aws_iam_policy' && /^(arn|id)$/.test(attribute)) {
    const own = managedPolicyArn(partitionIn(surroundings), textOf(of('name')) ?? '');
    if (isPowerfulPolicy(own)) return own;
  }
  const values = { name: of('name'), path: of('path'), url: of('url') };
  const unknown = undeterminedIn(values);
  if (unknown) return unknown;
  const computed = computedAttribute({ type, values }, attribute, surroundings);
  return computed ?? new Undetermined(`${address}.${attribute} is known after the apply`);
}
