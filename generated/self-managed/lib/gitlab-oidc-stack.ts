import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { trustPolicy } from "./trust-policy";

export class GitlabOidcStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new AwsProvider(this, "aws", {
      region: "eu-central-1",
    });

    const gitlab = new IamOpenidConnectProvider(this, "gitlab", {
      url: "https://gitlab.example.com",
      clientIdList: ["sts.amazonaws.com"],
      thumbprintList: ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
    });

    const gitlabDeployRole = new IamRole(this, "gitlab_deploy", {
      name: "gitlab-deploy",
      assumeRolePolicy: trustPolicy(
        gitlab.arn,
        {
          StringEquals: {
            "gitlab.example.com:aud": "sts.amazonaws.com",
            "gitlab.example.com:sub": [
              "project_path:mygroup/myproject:ref_type:branch:ref:main",
              "project_path:mygroup/subgroup/service:ref_type:branch:ref:main",
            ],
          },
        },
        {
          StringEquals: {
            "gitlab.example.com:aud": "sts.amazonaws.com",
          },
          StringLike: {
            "gitlab.example.com:sub": [
              "project_path:mygroup/myproject:ref_type:branch:ref:release/*",
              "project_path:mygroup/myproject:ref_type:tag:ref:v*",
              "project_path:mygroup/subgroup/service:ref_type:branch:ref:release/*",
              "project_path:mygroup/subgroup/service:ref_type:tag:ref:v*",
            ],
          },
        },
      ),
    });
    new IamRolePolicy(this, "gitlab_deploy_secrets_manager", {
      name: "secrets-manager",
      role: gitlabDeployRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Read",
            Effect: "Allow",
            Action: [
              "secretsmanager:DescribeSecret",
              "secretsmanager:GetSecretValue",
            ],
            Resource:
              "arn:aws:secretsmanager:eu-central-1:*:secret:myproject/*",
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
        "gitlab-deploy": gitlabDeployRole.arn,
      },
    });
  }
}
