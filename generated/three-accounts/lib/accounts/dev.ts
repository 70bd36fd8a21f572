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

  const sandboxRole = new IamRole(stack, "sandbox", {
    name: "sandbox",
    assumeRolePolicy: trustPolicy(gitlab.arn, {
      StringEquals: {
        "gitlab.com:aud": ["https://gitlab.com", "sts.amazonaws.com"],
        "gitlab.com:project_id": "21",
      },
      StringLike: {
        "gitlab.com:sub":
          "project_path:mygroup/experiments:ref_type:branch:ref:*",
      },
    }),
  });
  new IamRolePolicy(stack, "sandbox_s3", {
    name: "s3",
    role: sandboxRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Buckets",
          Effect: "Allow",
          Action: ["s3:GetBucketLocation", "s3:ListBucket"],
          Resource: "arn:aws:s3:::my-sandbox",
          Condition: {
            StringEquals: {
              "aws:ResourceAccount": "111111111111",
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
          Resource: "arn:aws:s3:::my-sandbox/*",
          Condition: {
            StringEquals: {
              "aws:ResourceAccount": "111111111111",
            },
          },
        },
      ],
    }),
  });
  roleArns["sandbox"] = sandboxRole.arn;

  return roleArns;
}
