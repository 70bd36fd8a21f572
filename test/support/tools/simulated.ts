import { runSimulation } from '@cloud-copilot/iam-simulate';

type Context = Readonly<Record<string, string | number | readonly string[]>>;

/** What `iam-simulate` decides of a role's trust policy: `Allowed`, `ImplicitlyDenied` or `ExplicitlyDenied`. */
export async function simulated(
  policy: unknown,
  provider: string,
  context: Context,
): Promise<string | undefined> {
  const accountId = provider.split(':')[4] ?? '';
  const answer = await runSimulation(
    {
      request: {
        principal: provider,
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: { resource: `arn:aws:iam::${accountId}:role/r`, accountId },
        contextVariables: Object.fromEntries(
          Object.entries(context).map(([key, value]) => [
            key,
            typeof value === 'object' ? [...value] : String(value),
          ]),
        ),
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policy,
    },
    {},
  );
  if (answer.resultType !== 'single') throw new Error(JSON.stringify(answer));
  return answer.result.analysis.resourceAnalysis?.result;
}
