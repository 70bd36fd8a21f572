import cfnYaml from '../../templates/bootstrap/bootstrap.cfn.yaml.hbs';
import type { Blueprint, BootstrapBlueprint, BootstrapRole } from '../blueprint/blueprint.ts';
import { Expression, type PrintableObject } from './expression.ts';
import { inCloudFormation } from './marked.ts';

/** What the boundary is for, in AWS. */
export const BOUNDARY_DESCRIPTION = 'The most that a role of the pipeline can do';

/** What the parameters that differ from account to account are for. */
export const PARAMETERS = {
  provider: 'false where the account already has the OIDC provider',
  stateKey: 'Key of the Terraform state of the account',
};

/** The bootstrap as a template of CloudFormation. */
export function bootstrapTemplate({ issuer }: Blueprint, bootstrap: BootstrapBlueprint): string {
  const { boundary, thumbprints, stateKey, plan, apply } = bootstrap;
  const sections: PrintableObject[] = [
    {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: `What the GitLab pipeline signs in to: OIDC provider ${issuer.prefix}, permissions boundary, plan role, apply role`,
    },
    {
      Parameters: {
        CreateProvider: {
          Description: PARAMETERS.provider,
          Type: 'String',
          AllowedValues: ['true', 'false'],
          Default: String(bootstrap.createsProvider),
        },
        StateKey:
          stateKey === undefined
            ? undefined
            : { Description: PARAMETERS.stateKey, Type: 'String', Default: stateKey },
      },
    },
    { Conditions: { CreatesProvider: cfn('!Equals [!Ref CreateProvider, "true"]') } },
    {
      Resources: {
        Provider: {
          Type: 'AWS::IAM::OIDCProvider',
          Condition: 'CreatesProvider',
          Properties: {
            Url: issuer.url,
            ClientIdList: [issuer.audience],
            ThumbprintList: thumbprints.length > 0 ? thumbprints : undefined,
          },
        },
        Boundary: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: {
            ManagedPolicyName: boundary.name,
            Path: bootstrap.rolePath,
            Description: BOUNDARY_DESCRIPTION,
            PolicyDocument: inCloudFormation(boundary.document),
          },
        },
        PlanRole: roleResource(plan),
        ApplyRole: roleResource(apply),
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

function roleResource({ role, trust, policy }: BootstrapRole): PrintableObject {
  return {
    Type: 'AWS::IAM::Role',
    DependsOn: 'Boundary',
    Properties: {
      RoleName: role.name,
      Path: role.path,
      Description: role.description,
      PermissionsBoundary:
        role.permissionsBoundary === undefined
          ? undefined
          : inCloudFormation(role.permissionsBoundary),
      AssumeRolePolicyDocument: inCloudFormation(trust, afterProvider),
      Policies: [{ PolicyName: policy.name, PolicyDocument: inCloudFormation(policy.document) }],
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
