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
      region: "eu-west-1",
      allowedAccountIds: ["123456789012"],
    });

    const gitlab = new IamOpenidConnectProvider(this, "gitlab", {
      url: "https://gitlab.example.com",
      clientIdList: ["https://gitlab.example.com"],
    });

    const gitlabLegacyRole = new IamRole(this, "gitlab_legacy", {
      name: "gitlab-legacy",
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.example.com:aud": "https://gitlab.example.com",
          "gitlab.example.com:sub":
            "project_path:mygroup/myproject:ref_type:branch:ref:main",
        },
      }),
    });
    new IamRolePolicy(this, "gitlab_legacy_s3", {
      name: "s3",
      role: gitlabLegacyRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Buckets",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket"],
            Resource: "arn:aws:s3:::my-bucket",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
          {
            Sid: "Read",
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: "arn:aws:s3:::my-bucket/*",
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
        "gitlab-legacy": gitlabLegacyRole.arn,
      },
    });
  }
}
