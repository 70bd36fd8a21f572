import { IamOpenidConnectProvider } from "@cdktn/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktn/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktn/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktn/provider-aws/lib/provider";
import { S3Backend, TerraformOutput, TerraformStack } from "cdktn";
import type { Construct } from "constructs";
import { trustPolicy } from "./trust-policy";

export class GitlabOidcStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new S3Backend(this, {
      bucket: "acme-terraform-state",
      key: "aws-access/terraform.tfstate",
      region: "eu-central-1",
      encrypt: true,
      useLockfile: true,
    });

    new AwsProvider(this, "aws", {
      region: "eu-central-1",
      allowedAccountIds: ["123456789012"],
    });

    const gitlab = new IamOpenidConnectProvider(this, "gitlab", {
      url: "https://gitlab.com",
      clientIdList: ["https://gitlab.com"],
    });

    const pushImagesRole = new IamRole(this, "push_images", {
      name: "push-images",
      description: "Pushes images from main",
      assumeRolePolicy: trustPolicy(gitlab.arn, {
        StringEquals: {
          "gitlab.com:aud": "https://gitlab.com",
          "gitlab.com:sub":
            "project_path:acme/platform/images:ref_type:branch:ref:main",
          "gitlab.com:project_id": "42",
          "gitlab.com:ref_protected": "true",
        },
      }),
    });
    new IamRolePolicy(this, "push_images_ecr_push", {
      name: "ecr-push",
      role: pushImagesRole.name,
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
              "arn:aws:ecr:eu-central-1:123456789012:repository/acme/images",
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
        "push-images": pushImagesRole.arn,
      },
    });
  }
}
