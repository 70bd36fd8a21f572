import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HttpBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { trustPolicy } from "./trust-policy";

export class GitlabOidcStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new HttpBackend(this, {
      address:
        "https://gitlab.com/api/v4/projects/mygroup%2Fplatform%2Fgitlab-aws-oidc/terraform/state/gitlab-aws-oidc",
      lockAddress:
        "https://gitlab.com/api/v4/projects/mygroup%2Fplatform%2Fgitlab-aws-oidc/terraform/state/gitlab-aws-oidc/lock",
      unlockAddress:
        "https://gitlab.com/api/v4/projects/mygroup%2Fplatform%2Fgitlab-aws-oidc/terraform/state/gitlab-aws-oidc/lock",
      lockMethod: "POST",
      unlockMethod: "DELETE",
    });

    new AwsProvider(this, "aws", {
      region: "eu-west-1",
      allowedAccountIds: ["123456789012"],
    });

    const gitlab = new IamOpenidConnectProvider(this, "gitlab", {
      url: "https://gitlab.com",
      clientIdList: ["https://gitlab.com"],
    });

    const infraPlanRole = new IamRole(this, "infra_plan", {
      name: "infra-plan",
      description: "Reads, for the plans of merge requests",
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.com:aud": "https://gitlab.com",
          "gitlab.com:project_id": "4711",
        },
        StringLike: {
          "gitlab.com:sub":
            "project_path:mygroup/infrastructure:ref_type:branch:ref:*",
        },
      }),
    });
    new IamRolePolicyAttachment(this, "infra_plan_ViewOnlyAccess", {
      role: infraPlanRole.name,
      policyArn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    });
    new IamRolePolicy(this, "infra_plan_terraform_state_read", {
      name: "terraform-state-read",
      role: infraPlanRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Bucket",
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: "arn:aws:s3:::mygroup-terraform-state",
            Condition: {
              StringEquals: {
                "s3:prefix": [
                  "infrastructure/terraform.tfstate",
                  "infrastructure/terraform.tfstate.tflock",
                ],
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
          {
            Sid: "State",
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource:
              "arn:aws:s3:::mygroup-terraform-state/infrastructure/terraform.tfstate",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
          {
            Sid: "Lock",
            Effect: "Allow",
            Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            Resource:
              "arn:aws:s3:::mygroup-terraform-state/infrastructure/terraform.tfstate.tflock",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });

    const infraApplyRole = new IamRole(this, "infra_apply", {
      name: "infra-apply",
      description: "Deploys",
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.com:aud": "https://gitlab.com",
          "gitlab.com:sub":
            "project_path:mygroup/infrastructure:ref_type:branch:ref:main",
          "gitlab.com:project_id": "4711",
          "gitlab.com:ref_protected": "true",
        },
      }),
    });
    new IamRolePolicyAttachment(this, "infra_apply_PowerUserAccess", {
      role: infraApplyRole.name,
      policyArn: "arn:aws:iam::aws:policy/PowerUserAccess",
    });
    new IamRolePolicy(this, "infra_apply_terraform_state_write", {
      name: "terraform-state-write",
      role: infraApplyRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Bucket",
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: "arn:aws:s3:::mygroup-terraform-state",
            Condition: {
              StringEquals: {
                "s3:prefix": [
                  "infrastructure/terraform.tfstate",
                  "infrastructure/terraform.tfstate.tflock",
                ],
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
          {
            Sid: "State",
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:PutObject"],
            Resource:
              "arn:aws:s3:::mygroup-terraform-state/infrastructure/terraform.tfstate",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
          {
            Sid: "Lock",
            Effect: "Allow",
            Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            Resource:
              "arn:aws:s3:::mygroup-terraform-state/infrastructure/terraform.tfstate.tflock",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });

    new TerraformOutput(this, "provider_arn", {
      description: "ARN of the IAM OIDC provider",
      value: gitlab.arn,
    });
    new TerraformOutput(this, "role_arns", {
      description: "ARN of each role, for the CI jobs that assume it",
      value: {
        "infra-plan": infraPlanRole.arn,
        "infra-apply": infraApplyRole.arn,
      },
    });
  }
}
