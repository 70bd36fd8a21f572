# What must exist in an account before the pipeline of this repository can sign in. ../bootstrap.cfn.yaml creates the
# same. Use one of them. Keep the state of this folder where the pipeline cannot write it.
# Each account has a workspace of its name, so a state of its own: terraform workspace select -or-create ACCOUNT
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81, < 7.0"
    }
  }
}

variable "account" {
  type        = string
  description = "Name of the account in accounts.csv"
}

locals {
  accounts = { for one in csvdecode(file("${path.module}/../accounts.csv")) : one.account => one }
  account  = local.accounts[var.account == terraform.workspace ? var.account : "another workspace"]
  boundary = coalesce(local.account.boundary, one(aws_iam_policy.boundary[*].arn))
}

provider "aws" {
  region              = local.account.region
  allowed_account_ids = [local.account.id]
}

resource "aws_iam_openid_connect_provider" "gitlab" {
  count = local.account.create_provider == "true" ? 1 : 0

  url            = "https://gitlab.com"
  client_id_list = ["https://gitlab.com"]
}

resource "aws_iam_policy" "boundary" {
  count       = local.account.boundary == "" ? 1 : 0
  name        = "gitlab-boundary"
  path        = "/gitlab-bootstrap/"
  description = "The most that a role of the pipeline can do"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "EverythingElse"
        Effect = "Allow"
        NotAction = [
          "account:*",
          "iam:*",
          "organizations:*",
          "sts:AssumeRole",
        ]
        Resource = "*"
      },
      {
        Sid    = "Reading"
        Effect = "Allow"
        Action = [
          "account:GetAccountInformation",
          "account:ListRegions",
          "iam:CreateServiceLinkedRole",
          "iam:Get*",
          "iam:List*",
          "organizations:DescribeOrganization",
        ]
        Resource = "*"
      },
      {
        Sid    = "UsableRoles"
        Effect = "Allow"
        Action = [
          "iam:PassRole",
          "sts:AssumeRole",
        ]
        Resource = "arn:aws:iam::${local.account.id}:role/app/*"
      },
    ]
  })
}

resource "aws_iam_role" "plan" {
  name                 = "gitlab-plan"
  path                 = "/gitlab-bootstrap/"
  description          = "Plans the roles of this account in the pipeline of their repository"
  permissions_boundary = local.boundary
  depends_on           = [aws_iam_openid_connect_provider.gitlab]

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Federated = "arn:aws:iam::${local.account.id}:oidc-provider/gitlab.com"
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"        = "https://gitlab.com"
            "gitlab.com:project_id" = "42"
          }
          StringLike = {
            "gitlab.com:sub" = "project_path:mygroup/platform/aws-access:ref_type:branch:ref:*"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "plan" {
  name = "pipeline"
  role = aws_iam_role.plan.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ReadRoles"
        Effect = "Allow"
        Action = [
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfilesForRole",
          "iam:ListRolePolicies",
        ]
        Resource = "arn:aws:iam::${local.account.id}:role/gitlab/*"
      },
      {
        Sid      = "ReadProvider"
        Effect   = "Allow"
        Action   = "iam:GetOpenIDConnectProvider"
        Resource = "arn:aws:iam::${local.account.id}:oidc-provider/gitlab.com"
      },
      {
        Sid      = "FindProvider"
        Effect   = "Allow"
        Action   = "iam:ListOpenIDConnectProviders"
        Resource = "*"
      },
      {
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:aws:s3:::mygroup-terraform-state"
        Condition = {
          StringEquals = {
            "s3:prefix" = [
              local.account.state_key,
              "${local.account.state_key}.tflock",
            ]
            "aws:ResourceAccount" = "444444444444"
          }
        }
      },
      {
        Sid      = "State"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:aws:s3:::mygroup-terraform-state/${local.account.state_key}"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "444444444444"
          }
        }
      },
      {
        Sid    = "Lock"
        Effect = "Allow"
        Action = [
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:PutObject",
        ]
        Resource = "arn:aws:s3:::mygroup-terraform-state/${local.account.state_key}.tflock"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "444444444444"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "apply" {
  name        = "gitlab-apply"
  path        = "/gitlab-bootstrap/"
  description = "Applies the roles of this account in the pipeline of their repository"
  depends_on  = [aws_iam_openid_connect_provider.gitlab]

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Federated = "arn:aws:iam::${local.account.id}:oidc-provider/gitlab.com"
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"           = "https://gitlab.com"
            "gitlab.com:sub"           = "project_path:mygroup/platform/aws-access:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "42"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "apply" {
  name = "pipeline"
  role = aws_iam_role.apply.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ReadRoles"
        Effect = "Allow"
        Action = [
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfilesForRole",
          "iam:ListRolePolicies",
        ]
        Resource = "arn:aws:iam::${local.account.id}:role/gitlab/*"
      },
      {
        Sid      = "ReadProvider"
        Effect   = "Allow"
        Action   = "iam:GetOpenIDConnectProvider"
        Resource = "arn:aws:iam::${local.account.id}:oidc-provider/gitlab.com"
      },
      {
        Sid      = "FindProvider"
        Effect   = "Allow"
        Action   = "iam:ListOpenIDConnectProviders"
        Resource = "*"
      },
      {
        Sid    = "RolesWithBoundary"
        Effect = "Allow"
        Action = [
          "iam:AttachRolePolicy",
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:DetachRolePolicy",
          "iam:PutRolePermissionsBoundary",
          "iam:PutRolePolicy",
          "iam:UpdateAssumeRolePolicy",
          "iam:UpdateRole",
          "iam:UpdateRoleDescription",
        ]
        Resource = "arn:aws:iam::${local.account.id}:role/gitlab/*"
        Condition = {
          StringEquals = {
            "iam:PermissionsBoundary" = local.boundary
          }
        }
      },
      {
        Sid    = "TagsOfRoles"
        Effect = "Allow"
        Action = [
          "iam:TagRole",
          "iam:UntagRole",
        ]
        Resource = "arn:aws:iam::${local.account.id}:role/gitlab/*"
      },
      {
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:aws:s3:::mygroup-terraform-state"
        Condition = {
          StringEquals = {
            "s3:prefix" = [
              local.account.state_key,
              "${local.account.state_key}.tflock",
            ]
            "aws:ResourceAccount" = "444444444444"
          }
        }
      },
      {
        Sid    = "State"
        Effect = "Allow"
        Action = [
          "s3:GetObject",
          "s3:PutObject",
        ]
        Resource = "arn:aws:s3:::mygroup-terraform-state/${local.account.state_key}"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "444444444444"
          }
        }
      },
      {
        Sid    = "Lock"
        Effect = "Allow"
        Action = [
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:PutObject",
        ]
        Resource = "arn:aws:s3:::mygroup-terraform-state/${local.account.state_key}.tflock"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "444444444444"
          }
        }
      },
      {
        Sid    = "NeverTheBootstrap"
        Effect = "Deny"
        Action = "iam:*"
        Resource = [
          "arn:aws:iam::${local.account.id}:role/gitlab-bootstrap/*",
          "arn:aws:iam::${local.account.id}:policy/gitlab-bootstrap/*",
          local.boundary,
        ]
      },
      {
        Sid    = "NeverTheProvider"
        Effect = "Deny"
        Action = [
          "iam:AddClientIDToOpenIDConnectProvider",
          "iam:CreateOpenIDConnectProvider",
          "iam:DeleteOpenIDConnectProvider",
          "iam:RemoveClientIDFromOpenIDConnectProvider",
          "iam:TagOpenIDConnectProvider",
          "iam:UntagOpenIDConnectProvider",
          "iam:UpdateOpenIDConnectProviderThumbprint",
        ]
        Resource = "arn:aws:iam::${local.account.id}:oidc-provider/gitlab.com"
      },
      {
        Sid    = "NeverOtherRoles"
        Effect = "Deny"
        Action = [
          "iam:DeleteRolePermissionsBoundary",
          "iam:PassRole",
          "sts:AssumeRole",
        ]
        Resource = "*"
      },
    ]
  })
}

output "plan_role_arn" {
  value = aws_iam_role.plan.arn
}

output "apply_role_arn" {
  value = aws_iam_role.apply.arn
}
