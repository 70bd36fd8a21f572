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

    const gitlabReleaseRole = new IamRole(this, "gitlab_release", {
      name: "gitlab-release",
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.example.com:aud": "https://gitlab.example.com",
          "gitlab.example.com:sub":
            "project_id:20:ref_type:branch:ref:main:ref_protected:true",
        },
      }),
    });
    new IamRolePolicy(this, "gitlab_release_s3", {
      name: "s3",
      role: gitlabReleaseRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Buckets",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket"],
            Resource: "arn:aws:s3:::my-releases",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
          {
            Sid: "Write",
            Effect: "Allow",
            Action: [
              "s3:AbortMultipartUpload",
              "s3:DeleteObject",
              "s3:GetObject",
              "s3:PutObject",
            ],
            Resource: "arn:aws:s3:::my-releases/*",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });

    const gitlabWebsiteRole = new IamRole(this, "gitlab_website", {
      name: "gitlab-website",
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.example.com:aud": "https://gitlab.example.com",
          "gitlab.example.com:sub":
            "project_id:21:ref_type:branch:ref:main:ref_protected:true:deployment_tier:production",
        },
      }),
    });
    new IamRolePolicy(this, "gitlab_website_s3", {
      name: "s3",
      role: gitlabWebsiteRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Buckets",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket"],
            Resource: "arn:aws:s3:::my-website",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
          {
            Sid: "Write",
            Effect: "Allow",
            Action: [
              "s3:AbortMultipartUpload",
              "s3:DeleteObject",
              "s3:GetObject",
              "s3:PutObject",
            ],
            Resource: "arn:aws:s3:::my-website/*",
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
        "gitlab-release": gitlabReleaseRole.arn,
        "gitlab-website": gitlabWebsiteRole.arn,
      },
    });
  }
}
