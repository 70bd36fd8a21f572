import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { GitlabOidcStack, OidcProvider } from "../gitlab-oidc-stack";
import { trustPolicy } from "../trust-policy";

/** The roles that only this account has, or has in another form than the others. Returns their ARNs by name. */
export function ownRoles(
  stack: GitlabOidcStack,
  gitlab: OidcProvider,
): Record<string, string> {
  const roleArns: Record<string, string> = {};

  const shopDeployRole = new IamRole(stack, "shop_deploy", {
    name: "shop-deploy",
    permissionsBoundary: "arn:aws:iam::333333333333:policy/ci-boundary",
    tags: {
      Stage: "prod",
    },
    assumeRolePolicy: trustPolicy(gitlab.arn, {
      StringEquals: {
        "gitlab.com:aud": ["https://gitlab.com", "sts.amazonaws.com"],
        "gitlab.com:project_id": "20",
        "gitlab.com:ref_protected": "true",
      },
      StringLike: {
        "gitlab.com:sub": "project_path:mygroup/shop:ref_type:tag:ref:v*",
      },
    }),
  });
  new IamRolePolicy(stack, "shop_deploy_s3", {
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
              "aws:ResourceAccount": "333333333333",
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
              "aws:ResourceAccount": "333333333333",
            },
          },
        },
      ],
    }),
  });
  new IamRolePolicy(stack, "shop_deploy_ecr_push", {
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
          Resource: "arn:aws:ecr:eu-central-1:333333333333:repository/shop",
        },
      ],
    }),
  });
  roleArns["shop-deploy"] = shopDeployRole.arn;

  return roleArns;
}
