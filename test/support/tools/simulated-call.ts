import { runSimulation } from '@cloud-copilot/iam-simulate';

/** A call of an AWS action, and the policies that decide about it. */
export interface Call {
  /** ARN of the role that calls, or of the OIDC provider that vouches for a token. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly identity?: readonly unknown[];
  readonly boundary?: unknown;
  readonly scp?: unknown;
  readonly rcp?: unknown;
  readonly trust?: unknown;
  /** The policy of a resource that is not a role. */
  readonly resourcePolicy?: unknown;
  /** The account that owns the resource, if it is not that of the caller. */
  readonly resourceAccount?: string;
}

const FULL_ACCESS = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/**
 * What `iam-simulate` decides of a call: `Allowed`, `ImplicitlyDenied` or `ExplicitlyDenied`. It drops keys that AWS does
 * not list for the action, so a condition on one is as in AWS.
 */
export async function decisionOf(call: Call): Promise<string> {
  const { principal, action, resource, context = {} } = call;
  const answer = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: call.resourceAccount ?? principal.split(':')[4] ?? '' },
        contextVariables: { ...context },
      },
      identityPolicies: (call.identity ?? []).map((policy, i) => ({ name: `p${i}`, policy })),
      serviceControlPolicies: attached(
        'scp',
        call.scp === undefined ? [] : [FULL_ACCESS, call.scp],
      ),
      resourceControlPolicies: attached('rcp', call.rcp === undefined ? [] : [call.rcp]),
      ...(call.boundary === undefined
        ? {}
        : { permissionBoundaryPolicies: [{ name: 'boundary', policy: call.boundary }] }),
      ...(call.trust === undefined ? {} : { resourcePolicy: call.trust }),
      ...(call.resourcePolicy === undefined ? {} : { resourcePolicy: call.resourcePolicy }),
    },
    {},
  );
  if (answer.resultType === 'error') throw new Error(JSON.stringify(answer));
  return answer.overallResult;
}

/** Policies as the root of an organization has them. */
function attached(name: string, policies: readonly unknown[]) {
  if (policies.length === 0) return [];
  return [
    {
      orgIdentifier: 'r-abcd',
      policies: policies.map((policy, i) => ({ name: `${name}${i}`, policy })),
    },
  ];
}
