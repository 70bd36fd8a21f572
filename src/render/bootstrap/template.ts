import cfnYaml from '../../../templates/bootstrap/bootstrap.cfn.yaml.hbs';
import type { Blueprint, BootstrapBlueprint, BootstrapRole } from '../../blueprint/blueprint.ts';
import { Expression, type PrintableObject } from '../expression.ts';
import { inCloudFormation } from './marked.ts';
import { parametersOf } from './parameters.ts';

/** What the boundary is for, in AWS. */
export const BOUNDARY_DESCRIPTION = 'The most that a role of the pipeline can do';

/** The bootstrap as a template of CloudFormation. */
export function bootstrapTemplate({ issuer }: Blueprint, bootstrap: BootstrapBlueprint): string {
  const { boundary, thumbprints, parameters, plan, apply } = bootstrap;
  const ownBoundaries = parameters.boundary !== undefined;
  const sections: PrintableObject[] = [
    {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: `What the GitLab pipeline signs in to: OIDC provider ${issuer.prefix}, permissions boundary, plan role, apply role`,
    },
    {
      Parameters: Object.fromEntries(
        parametersOf(bootstrap).map(({ name, cfn: parameter, description, value }) => [
          parameter,
          {
            Description: description,
            Type: 'String',
            AllowedValues: name === 'provider' ? ['true', 'false'] : undefined,
            Default: value,
          },
        ]),
      ),
    },
    {
      Conditions: {
        CreatesProvider: cfn('!Equals [!Ref CreateProvider, "true"]'),
        CreatesBoundary: ownBoundaries ? cfn('!Equals [!Ref BoundaryArn, ""]') : undefined,
      },
    },
    {
      Resources: {
        Provider: {
          Type: 'AWS::IAM::OIDCProvider',
          Condition: 'CreatesProvider',
          Properties: {
            Url: issuer.url,
            ClientIdList: issuer.audiences,
            ThumbprintList: thumbprints.length > 0 ? thumbprints : undefined,
          },
        },
        Boundary: {
          Type: 'AWS::IAM::ManagedPolicy',
          Condition: ownBoundaries ? 'CreatesBoundary' : undefined,
          Properties: {
            ManagedPolicyName: boundary.name,
            Path: bootstrap.rolePath,
            Description: BOUNDARY_DESCRIPTION,
            PolicyDocument: inCloudFormation(boundary.document),
          },
        },
        PlanRole: roleResource(plan, bootstrap),
        ApplyRole: roleResource(apply, bootstrap),
      },
    },
    {
      Outputs: {
        PlanRoleArn: { Value: cfn('!GetAtt PlanRole.Arn') },
        ApplyRoleArn: { Value: cfn('!GetAtt ApplyRole.Arn') },
      },
    },
  ];
  return cfnYaml({ sections });
}

function roleResource(
  { role, trust, policy }: BootstrapRole,
  { boundary, parameters }: BootstrapBlueprint,
): PrintableObject {
  const ownBoundaries = parameters.boundary !== undefined;
  const known = (text: string, sub: string) =>
    ownBoundaries && text === boundary.arn
      ? '!If [CreatesBoundary, !Ref Boundary, !Ref BoundaryArn]'
      : sub;
  return {
    Type: 'AWS::IAM::Role',
    // A boundary that may exist is a reference in each role.
    DependsOn: ownBoundaries ? undefined : 'Boundary',
    Properties: {
      RoleName: role.name,
      Path: role.path,
      Description: role.description,
      PermissionsBoundary:
        role.permissionsBoundary === undefined
          ? undefined
          : inCloudFormation(role.permissionsBoundary, known),
      AssumeRolePolicyDocument: inCloudFormation(trust, afterProvider),
      Policies: [
        { PolicyName: policy.name, PolicyDocument: inCloudFormation(policy.document, known) },
      ],
    },
  };
}

/** The provider's ARN as a reference where the stack creates it, so that it exists before what trusts it. */
function afterProvider(text: string, sub: string): string {
  return text.includes(':oidc-provider/') ? `!If [CreatesProvider, !Ref Provider, ${sub}]` : sub;
}

function cfn(text: string): Expression {
  return new Expression('', '', text);
}
