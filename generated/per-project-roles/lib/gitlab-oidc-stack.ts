import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
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
      url: "https://gitlab.com",
      clientIdList: ["https://gitlab.com"],
    });

    const deployAcmeShopWebRole = new IamRole(this, "deploy_acme_shop_web", {
      name: "deploy-acme-shop-web",
      path: "/gitlab/",
      description: "Deploys acme/shop/web",
      tags: {
        Project: "acme/shop/web",
      },
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.com:aud": "https://gitlab.com",
          "gitlab.com:sub":
            "project_path:acme/shop/web:ref_type:branch:ref:main",
          "gitlab.com:project_id": "4001",
          "gitlab.com:ref_protected": "true",
        },
      }),
    });
    new IamRolePolicy(this, "deploy_acme_shop_web_s3", {
      name: "s3",
      role: deployAcmeShopWebRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Buckets",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket"],
            Resource: "arn:aws:s3:::acme-shop-web-www",
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
            Resource: "arn:aws:s3:::acme-shop-web-www/*",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });
    new IamRolePolicy(this, "deploy_acme_shop_web_secrets_manager", {
      name: "secrets-manager",
      role: deployAcmeShopWebRole.name,
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
              "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/shop/web/*",
          },
        ],
      }),
    });
    new IamRolePolicy(this, "deploy_acme_shop_web_ecr_push", {
      name: "ecr-push",
      role: deployAcmeShopWebRole.name,
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
            Resource:
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/shop/web",
          },
        ],
      }),
    });
    new IamRolePolicy(this, "deploy_acme_shop_web_terraform_state_write", {
      name: "terraform-state-write",
      role: deployAcmeShopWebRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Bucket",
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: "arn:aws:s3:::acme-terraform-state",
            Condition: {
              StringEquals: {
                "s3:prefix": [
                  "acme/shop/web/terraform.tfstate",
                  "acme/shop/web/terraform.tfstate.tflock",
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
              "arn:aws:s3:::acme-terraform-state/acme/shop/web/terraform.tfstate",
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
              "arn:aws:s3:::acme-terraform-state/acme/shop/web/terraform.tfstate.tflock",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });

    const deployAcmeShopApiRole = new IamRole(this, "deploy_acme_shop_api", {
      name: "deploy-acme-shop-api",
      path: "/gitlab/",
      description: "Deploys acme/shop/api",
      tags: {
        Project: "acme/shop/api",
      },
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.com:aud": "https://gitlab.com",
          "gitlab.com:sub":
            "project_path:acme/shop/api:ref_type:branch:ref:main",
          "gitlab.com:project_id": "4002",
          "gitlab.com:ref_protected": "true",
        },
      }),
    });
    new IamRolePolicy(this, "deploy_acme_shop_api_s3", {
      name: "s3",
      role: deployAcmeShopApiRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Buckets",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket"],
            Resource: "arn:aws:s3:::acme-shop-api-www",
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
            Resource: "arn:aws:s3:::acme-shop-api-www/*",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });
    new IamRolePolicy(this, "deploy_acme_shop_api_secrets_manager", {
      name: "secrets-manager",
      role: deployAcmeShopApiRole.name,
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
              "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/shop/api/*",
          },
        ],
      }),
    });
    new IamRolePolicy(this, "deploy_acme_shop_api_ecr_push", {
      name: "ecr-push",
      role: deployAcmeShopApiRole.name,
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
            Resource:
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/shop/api",
          },
        ],
      }),
    });
    new IamRolePolicy(this, "deploy_acme_shop_api_terraform_state_write", {
      name: "terraform-state-write",
      role: deployAcmeShopApiRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Bucket",
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: "arn:aws:s3:::acme-terraform-state",
            Condition: {
              StringEquals: {
                "s3:prefix": [
                  "acme/shop/api/terraform.tfstate",
                  "acme/shop/api/terraform.tfstate.tflock",
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
              "arn:aws:s3:::acme-terraform-state/acme/shop/api/terraform.tfstate",
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
              "arn:aws:s3:::acme-terraform-state/acme/shop/api/terraform.tfstate.tflock",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });

    const deployAcmeDataEtlRole = new IamRole(this, "deploy_acme_data_etl", {
      name: "deploy-acme-data-etl",
      path: "/gitlab/",
      description: "Deploys acme/data/etl",
      tags: {
        Project: "acme/data/etl",
      },
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.com:aud": "https://gitlab.com",
          "gitlab.com:sub":
            "project_path:acme/data/etl:ref_type:branch:ref:main",
          "gitlab.com:project_id": "4003",
          "gitlab.com:ref_protected": "true",
        },
      }),
    });
    new IamRolePolicy(this, "deploy_acme_data_etl_s3", {
      name: "s3",
      role: deployAcmeDataEtlRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Buckets",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket"],
            Resource: "arn:aws:s3:::acme-data-etl-www",
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
            Resource: "arn:aws:s3:::acme-data-etl-www/*",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });
    new IamRolePolicy(this, "deploy_acme_data_etl_secrets_manager", {
      name: "secrets-manager",
      role: deployAcmeDataEtlRole.name,
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
              "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/data/etl/*",
          },
        ],
      }),
    });
    new IamRolePolicy(this, "deploy_acme_data_etl_ecr_push", {
      name: "ecr-push",
      role: deployAcmeDataEtlRole.name,
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
            Resource:
              "arn:aws:ecr:eu-west-1:123456789012:repository/acme/data/etl",
          },
        ],
      }),
    });
    new IamRolePolicy(this, "deploy_acme_data_etl_terraform_state_write", {
      name: "terraform-state-write",
      role: deployAcmeDataEtlRole.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Bucket",
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: "arn:aws:s3:::acme-terraform-state",
            Condition: {
              StringEquals: {
                "s3:prefix": [
                  "acme/data/etl/terraform.tfstate",
                  "acme/data/etl/terraform.tfstate.tflock",
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
              "arn:aws:s3:::acme-terraform-state/acme/data/etl/terraform.tfstate",
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
              "arn:aws:s3:::acme-terraform-state/acme/data/etl/terraform.tfstate.tflock",
            Condition: {
              StringEquals: {
                "aws:ResourceAccount": "123456789012",
              },
            },
          },
        ],
      }),
    });

    const readConfigRole = new IamRole(this, "read_config", {
      name: "read-config",
      path: "/gitlab/",
      assumeRolePolicy: trustPolicy(
        gitlab.arn,
        {
          StringEquals: {
            "gitlab.com:aud": "https://gitlab.com",
            "gitlab.com:sub":
              "project_path:acme/shop/web:ref_type:branch:ref:main",
            "gitlab.com:project_id": "4001",
            "gitlab.com:ref_protected": "true",
          },
        },
        {
          StringEquals: {
            "gitlab.com:aud": "https://gitlab.com",
            "gitlab.com:sub":
              "project_path:acme/shop/api:ref_type:branch:ref:main",
            "gitlab.com:project_id": "4002",
            "gitlab.com:ref_protected": "true",
          },
        },
      ),
    });
    new IamRolePolicyAttachment(this, "read_config_AmazonSSMReadOnlyAccess", {
      role: readConfigRole.name,
      policyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess",
    });

    new TerraformOutput(this, "provider_arn", {
      description: "ARN of the IAM OIDC provider",
      value: gitlab.arn,
    });
    new TerraformOutput(this, "role_arns", {
      description: "ARN of each role, for the CI jobs that assume it",
      value: {
        "deploy-acme-shop-web": deployAcmeShopWebRole.arn,
        "deploy-acme-shop-api": deployAcmeShopApiRole.arn,
        "deploy-acme-data-etl": deployAcmeDataEtlRole.arn,
        "read-config": readConfigRole.arn,
      },
    });
  }
}
