import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { trustPolicy } from "./trust-policy";

export class GitlabOidcStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    const state = new S3Backend(this, {
      bucket: "acme-terraform-state",
      key: "gitlab-aws-oidc/terraform.tfstate",
      region: "eu-west-1",
      encrypt: true,
    });
    // S3Backend has no property for the lock file in this version.
    state.addOverride("use_lockfile", true);

    new AwsProvider(this, "aws", {
      region: "eu-west-1",
      allowedAccountIds: ["123456789012"],
    });

    const gitlab = new IamOpenidConnectProvider(this, "gitlab", {
      url: "https://gitlab.com",
      clientIdList: ["sts.amazonaws.com"],
    });

    const acmePushImagesRole = new IamRole(this, "acme_push_images", {
      name: "acme-push-images",
      path: "/gitlab/",
      description: "Pushes the images of every service",
      maxSessionDuration: 7200,
      permissionsBoundary:
        "arn:aws:iam::123456789012:policy/gitlab/ci-boundary",
      tags: {
        Owner: "platform",
        "Cost Center": "4711",
      },
      assumeRolePolicy: trustPolicy(
        gitlab.arn,
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/accounts:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2000",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/billing:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2001",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/catalog:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2002",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/checkout:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2003",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/delivery:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2004",
            "gitlab.com:ref_protected": "true",
          },
        },
      ),
    });
    new IamRolePolicy(this, "acme_push_images_ecr_push", {
      name: "ecr-push",
      role: acmePushImagesRole.name,
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
            Resource: [
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/base",
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/services",
            ],
          },
        ],
      }),
    });

    const acmePushImages2Role = new IamRole(this, "acme_push_images_2", {
      name: "acme-push-images-2",
      path: "/gitlab/",
      description: "Pushes the images of every service",
      maxSessionDuration: 7200,
      permissionsBoundary:
        "arn:aws:iam::123456789012:policy/gitlab/ci-boundary",
      tags: {
        Owner: "platform",
        "Cost Center": "4711",
      },
      assumeRolePolicy: trustPolicy(
        gitlab.arn,
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/email:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2005",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/fraud:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2006",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/gateway:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2007",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/inventory:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2008",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/invoices:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2009",
            "gitlab.com:ref_protected": "true",
          },
        },
      ),
    });
    new IamRolePolicy(this, "acme_push_images_2_ecr_push", {
      name: "ecr-push",
      role: acmePushImages2Role.name,
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
            Resource: [
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/base",
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/services",
            ],
          },
        ],
      }),
    });

    const acmePushImages3Role = new IamRole(this, "acme_push_images_3", {
      name: "acme-push-images-3",
      path: "/gitlab/",
      description: "Pushes the images of every service",
      maxSessionDuration: 7200,
      permissionsBoundary:
        "arn:aws:iam::123456789012:policy/gitlab/ci-boundary",
      tags: {
        Owner: "platform",
        "Cost Center": "4711",
      },
      assumeRolePolicy: trustPolicy(
        gitlab.arn,
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/ledger:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2010",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/loyalty:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2011",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/notifications:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2012",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/orders:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2013",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/payments:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2014",
            "gitlab.com:ref_protected": "true",
          },
        },
      ),
    });
    new IamRolePolicy(this, "acme_push_images_3_ecr_push", {
      name: "ecr-push",
      role: acmePushImages3Role.name,
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
            Resource: [
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/base",
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/services",
            ],
          },
        ],
      }),
    });

    const acmePushImages4Role = new IamRole(this, "acme_push_images_4", {
      name: "acme-push-images-4",
      path: "/gitlab/",
      description: "Pushes the images of every service",
      maxSessionDuration: 7200,
      permissionsBoundary:
        "arn:aws:iam::123456789012:policy/gitlab/ci-boundary",
      tags: {
        Owner: "platform",
        "Cost Center": "4711",
      },
      assumeRolePolicy: trustPolicy(
        gitlab.arn,
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/pricing:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2015",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/profile:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2016",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/reports:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2017",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/returns:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2018",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/services/search:ref_type:branch:ref:main",
            "gitlab.com:namespace_id": "310",
            "gitlab.com:project_id": "2019",
            "gitlab.com:ref_protected": "true",
          },
        },
      ),
    });
    new IamRolePolicy(this, "acme_push_images_4_ecr_push", {
      name: "ecr-push",
      role: acmePushImages4Role.name,
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
            Resource: [
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/base",
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/services",
            ],
          },
        ],
      }),
    });

    const acmeWebsiteRole = new IamRole(this, "acme_website", {
      name: "acme-website",
      path: "/gitlab/",
      permissionsBoundary:
        "arn:aws:iam::123456789012:policy/gitlab/ci-boundary",
      tags: {
        Owner: "platform",
        "Cost Center": "4711",
      },
      assumeRolePolicy: trustPolicy(
        gitlab.arn,
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/web/site:ref_type:branch:ref:main",
            "gitlab.com:project_id": "3001",
            "gitlab.com:ref_protected": "true",
            "gitlab.com:pipeline_source": ["push", "web"],
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:project_id": "3001",
            "gitlab.com:ref_protected": "true",
            "gitlab.com:pipeline_source": ["push", "web"],
          },
          StringLike: {
            "gitlab.com:sub": [
              "project_path:acme/web/site:ref_type:branch:ref:hotfix/*",
              "project_path:acme/web/site:ref_type:tag:ref:v*",
            ],
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub":
              "project_path:acme/web/shop:ref_type:branch:ref:main",
            "gitlab.com:project_id": "3002",
            "gitlab.com:ref_protected": "true",
            "gitlab.com:pipeline_source": ["push", "web"],
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:project_id": "3002",
            "gitlab.com:ref_protected": "true",
            "gitlab.com:pipeline_source": ["push", "web"],
          },
          StringLike: {
            "gitlab.com:sub": [
              "project_path:acme/web/shop:ref_type:branch:ref:hotfix/*",
              "project_path:acme/web/shop:ref_type:tag:ref:v*",
            ],
          },
        },
      ),
    });
    new IamRolePolicy(this, "acme_website_s3", {
      name: "s3",
      role: acmeWebsiteRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Buckets",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket"],
            Resource: [
              "arn:aws:s3:::acme-website",
              "arn:aws:s3:::acme-website-preview",
            ],
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
            Resource: [
              "arn:aws:s3:::acme-website/*",
              "arn:aws:s3:::acme-website-preview/*",
            ],
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });
    new IamRolePolicy(this, "acme_website_invalidate_cache", {
      name: "invalidate-cache",
      role: acmeWebsiteRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "cloudfront:CreateInvalidation",
            Resource:
              "arn:aws:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7",
          },
        ],
      }),
    });

    const acmeNightlyRole = new IamRole(this, "acme_nightly", {
      name: "acme-nightly",
      path: "/gitlab/",
      description:
        'Starts and stops the test machines; "night" is 19:00 to 6:00',
      permissionsBoundary:
        "arn:aws:iam::123456789012:policy/gitlab/ci-boundary",
      tags: {
        Owner: "platform",
        "Cost Center": "4711",
      },
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.com:aud": "sts.amazonaws.com",
          "gitlab.com:namespace_id": "320",
          "gitlab.com:ref_protected": "true",
          "gitlab.com:pipeline_source": "schedule",
          "gitlab.com:runner_environment": "self-hosted",
        },
        StringLike: {
          "gitlab.com:sub":
            "project_path:acme/operations/*:ref_type:branch:ref:main",
        },
      }),
    });
    new IamRolePolicyAttachment(this, "acme_nightly_CloudWatchReadOnlyAccess", {
      role: acmeNightlyRole.name,
      policyArn: "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess",
    });
    new IamRolePolicy(this, "acme_nightly_ec2_write", {
      name: "ec2-write",
      role: acmeNightlyRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "SeeInstances",
            Effect: "Allow",
            Action: [
              "ec2:DescribeInstanceStatus",
              "ec2:DescribeInstances",
              "ec2:DescribeTags",
            ],
            Resource: "*",
          },
          {
            Sid: "OperateInstances",
            Effect: "Allow",
            Action: [
              "ec2:RebootInstances",
              "ec2:StartInstances",
              "ec2:StopInstances",
            ],
            Resource: "arn:aws:ec2:eu-west-1:123456789012:instance/*",
            Condition: {
              StringEquals: {
                "aws:ResourceTag/Environment": "test",
              },
            },
          },
        ],
      }),
    });
    new IamRolePolicy(this, "acme_nightly_secrets_manager", {
      name: "secrets-manager",
      role: acmeNightlyRole.name,
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
              "arn:aws:secretsmanager:eu-west-1:123456789012:secret:test/*",
          },
          {
            Sid: "Write",
            Effect: "Allow",
            Action: [
              "secretsmanager:CreateSecret",
              "secretsmanager:DescribeSecret",
              "secretsmanager:GetSecretValue",
              "secretsmanager:PutSecretValue",
              "secretsmanager:UpdateSecret",
            ],
            Resource:
              "arn:aws:secretsmanager:eu-west-1:123456789012:secret:test/rotated/*",
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
        "acme-push-images": acmePushImagesRole.arn,
        "acme-push-images-2": acmePushImages2Role.arn,
        "acme-push-images-3": acmePushImages3Role.arn,
        "acme-push-images-4": acmePushImages4Role.arn,
        "acme-website": acmeWebsiteRole.arn,
        "acme-nightly": acmeNightlyRole.arn,
      },
    });
  }
}
