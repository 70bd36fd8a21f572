import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { trustPolicy } from "./trust-policy";

/** The OIDC provider of an account, new or existing. */
export interface OidcProvider {
  readonly arn: string;
}

/** What is different in each account. */
export interface Account {
  readonly region: string;
  readonly accountId?: string;
  readonly stateKey: string;
  readonly hasProvider?: boolean;
  readonly permissionsBoundary?: string;
  readonly tags?: Record<string, string>;
  /** Those of its roles that not every account has. */
  readonly roles?: string[];
  readonly ownRoles?: (
    stack: GitlabOidcStack,
    gitlab: OidcProvider,
  ) => Record<string, string>;
}

export class GitlabOidcStack extends TerraformStack {
  constructor(scope: Construct, id: string, account: Account) {
    super(scope, id);

    const state = new S3Backend(this, {
      bucket: "mygroup-terraform-state",
      key: account.stateKey,
      region: "eu-west-1",
      encrypt: true,
    });
    // S3Backend has no property for the lock file in this version.
    state.addOverride("use_lockfile", true);
    new AwsProvider(this, "aws", {
      region: account.region,
      allowedAccountIds: account.accountId ? [account.accountId] : undefined,
    });
    const accountId = account.accountId ?? "*";

    const gitlab: OidcProvider = account.hasProvider
      ? new DataAwsIamOpenidConnectProvider(this, "gitlab", {
          url: "https://gitlab.com",
        })
      : new IamOpenidConnectProvider(this, "gitlab", {
          url: "https://gitlab.com",
          clientIdList: ["https://gitlab.com", "sts.amazonaws.com"],
        });
    const roleArns: Record<string, string> = {};

    if (account.roles?.includes("shop-deploy")) {
      const shopDeployRole = new IamRole(this, "shop_deploy", {
        name: "shop-deploy",
        permissionsBoundary: account.permissionsBoundary,
        tags: account.tags,
        assumeRolePolicy: trustPolicy(gitlab.arn, {
          StringEquals: {
            "gitlab.com:aud": ["https://gitlab.com", "sts.amazonaws.com"],
            "gitlab.com:sub":
              "project_path:mygroup/shop:ref_type:branch:ref:main",
            "gitlab.com:project_id": "20",
            "gitlab.com:ref_protected": "true",
          },
        }),
      });
      new IamRolePolicy(this, "shop_deploy_s3", {
        name: "s3",
        role: shopDeployRole.name,
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "Buckets",
              Effect: "Allow",
              Action: ["s3:GetBucketLocation", "s3:ListBucket"],
              Resource: "arn:aws:s3:::my-shop-assets",
              Condition: {
                StringEquals: {
                  "aws:ResourceAccount": accountId,
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
              Resource: "arn:aws:s3:::my-shop-assets/*",
              Condition: {
                StringEquals: {
                  "aws:ResourceAccount": accountId,
                },
              },
            },
          ],
        }),
      });
      new IamRolePolicy(this, "shop_deploy_ecr_push", {
        name: "ecr-push",
        role: shopDeployRole.name,
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "SignIn",
              Effect: "Allow",
              Action: "ecr:GetAuthorizationToken",
              Resource: "*",
            },
            {
              Sid: "Images",
              Effect: "Allow",
              Action: [
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:CompleteLayerUpload",
                "ecr:GetDownloadUrlForLayer",
                "ecr:InitiateLayerUpload",
                "ecr:PutImage",
                "ecr:UploadLayerPart",
              ],
              Resource: `arn:aws:ecr:${account.region}:${accountId}:repository/shop`,
            },
          ],
        }),
      });
      roleArns["shop-deploy"] = shopDeployRole.arn;
    }

    const shopReadRole = new IamRole(this, "shop_read", {
      name: "shop-read",
      permissionsBoundary: account.permissionsBoundary,
      tags: {
        ...account.tags,
        Owner: "shop",
      },
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.com:aud": ["https://gitlab.com", "sts.amazonaws.com"],
          "gitlab.com:project_id": "20",
        },
        StringLike: {
          "gitlab.com:sub": "project_path:mygroup/shop:ref_type:branch:ref:*",
        },
      }),
    });
    new IamRolePolicyAttachment(this, "shop_read_ViewOnlyAccess", {
      role: shopReadRole.name,
      policyArn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    });
    new IamRolePolicy(this, "shop_read_secrets_manager", {
      name: "secrets-manager",
      role: shopReadRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Describe",
            Effect: "Allow",
            Action: [
              "secretsmanager:DescribeSecret",
              "secretsmanager:GetResourcePolicy",
            ],
            Resource: `arn:aws:secretsmanager:${account.region}:${accountId}:secret:shop/*`,
          },
        ],
      }),
    });
    roleArns["shop-read"] = shopReadRole.arn;

    Object.assign(roleArns, account.ownRoles?.(this, gitlab));

    new TerraformOutput(this, "provider_arn", {
      description: "ARN of the IAM OIDC provider",
      value: gitlab.arn,
    });
    new TerraformOutput(this, "role_arns", {
      description: "ARN of each role, for the CI jobs that assume it",
      value: roleArns,
    });
  }
}
