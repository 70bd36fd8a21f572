import { readExactJson } from '../../text/json-text.ts';
import { ProblemError } from '../../text/problem.ts';
import { parsePolicy } from '../../iam/evaluate/parse-policy.ts';
import type { TrustPolicy } from '../../iam/evaluate/policy.ts';
import type { LintContext } from '../../access/role-context.ts';

/** A role's trust policy from somewhere, and what that place says besides. */
export interface FoundPolicy {
  /** The role's name or Terraform address; the file's name for a bare policy. */
  readonly name: string;
  readonly policy: TrustPolicy;
  readonly context: LintContext;
}

/**
 * Finds the trust policies in a JSON document: a bare policy, the output of `aws iam get-role` or `list-roles`, or
 * `terraform show -json` of a plan or a state.
 *
 * @param source the file's name, for errors
 * @throws {ProblemError} when there is none, or one is malformed
 */
export function policiesIn(json: unknown, source: string): FoundPolicy[] {
  if (!isObject(json)) return refuse(source, 'this is no JSON object');
  if ('Statement' in json) return [found(source, json, source, {})];
  if (isObject(json['Role'])) return [ofRole(json['Role'], source)];
  if (Array.isArray(json['Roles'])) {
    return json['Roles'].filter(isObject).map((role) => ofRole(role, source));
  }
  if (isObject(json['values']) || isObject(json['planned_values']))
    return ofTerraform(json, source);
  return refuse(
    source,
    'this is neither a policy, nor a role of `aws iam`, nor `terraform show -json`',
  );
}

/** @see https://docs.aws.amazon.com/cli/latest/reference/iam/get-role.html */
function ofRole(role: Json, source: string): FoundPolicy {
  const name = typeof role['RoleName'] === 'string' ? role['RoleName'] : source;
  const duration = role['MaxSessionDuration'];
  return found(name, decoded(role['AssumeRolePolicyDocument'], source), source, {
    roleName: name,
    ...(typeof duration === 'number' ? { maxSessionDuration: duration } : {}),
  });
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format */
function ofTerraform(json: Json, source: string): FoundPolicy[] {
  const values = json['values'] ?? json['planned_values'];
  const resources = isObject(values) ? resourcesOf(values['root_module']) : [];
  const policies = resources.flatMap(({ address, type, values: attributes }) => {
    if (type !== 'aws_iam_role' || !isObject(attributes)) return [];
    const { name, max_session_duration: duration, assume_role_policy: document } = attributes;
    if (typeof document !== 'string') return [];
    return [
      found(String(address), decoded(document, source), source, {
        ...(typeof name === 'string' ? { roleName: name } : {}),
        ...(typeof duration === 'number' ? { maxSessionDuration: duration } : {}),
      }),
    ];
  });
  if (policies.length > 0) return policies;
  return refuse(
    source,
    'it holds no role whose trust policy is known; that of a plan is known after the apply only',
  );
}

function resourcesOf(module: unknown): Json[] {
  if (!isObject(module)) return [];
  const own = Array.isArray(module['resources']) ? module['resources'].filter(isObject) : [];
  const children = Array.isArray(module['child_modules']) ? module['child_modules'] : [];
  return [...own, ...children.flatMap(resourcesOf)];
}

function found(name: string, document: unknown, source: string, context: LintContext): FoundPolicy {
  const parsed = parsePolicy(document, name === source ? source : `${source}: ${name}`);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  return { name, policy: parsed.policy, context };
}

/** AWS's API percent-encodes policy documents, its CLI decodes them, Terraform keeps them as text. */
function decoded(document: unknown, source: string): unknown {
  if (typeof document !== 'string') return document;
  const result = readExactJson(document.startsWith('%7B') ? percentDecoded(document) : document);
  return 'flaw' in result ? refuse(source, `its trust policy ${result.flaw}`) : result.json;
}

/** The text itself where it is not percent-encoded as a whole; that is no JSON either. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(where: string, what: string): never {
  throw new ProblemError([
    {
      where,
      what,
      fix: 'Give a trust policy, the output of aws iam get-role, or of terraform show -json',
    },
  ]);
}
