# What must exist in an account before the pipeline of this repository can sign in. ../bootstrap.cfn.yaml creates the
# same. Use one of them. Keep the state of this folder where the pipeline cannot write it.
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81, < 7.0"
    }
  }
}

variable "account_id" {
  type        = string
  description = "ID of the account"
  default     = "123456789012"
}

variable "create_provider" {
  type        = bool
  description = "false where the account already has the OIDC provider"
  default     = true
}

variable "state_key" {
  type        = string
  description = "Key of the Terraform state of the account"
  default     = "gitlab-aws-oidc/terraform.tfstate"
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = [var.account_id]

  assume_role {
    role_arn = "arn:aws:iam::${var.account_id}:role/AWSControlTowerExecution"
  }
}

resource "aws_iam_openid_connect_provider" "gitlab" {
  count = var.create_provider ? 1 : 0

  url            = "https://gitlab.com"
  client_id_list = ["https://gitlab.com"]
}

resource "aws_iam_policy" "boundary" {
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
        Resource = "arn:aws:iam::${var.account_id}:role/app/*"
      },
    ]
  })
}

resource "aws_iam_role" "plan" {
  name                 = "gitlab-plan"
  path                 = "/gitlab-bootstrap/"
  description          = "Plans the roles of this account in the pipeline of their repository"
  permissions_boundary = aws_iam_policy.boundary.arn
  depends_on           = [aws_iam_openid_connect_provider.gitlab]

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Federated = "arn:aws:iam::${var.account_id}:oidc-provider/gitlab.com"
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"        = "https://gitlab.com"
            "gitlab.com:project_id" = "42"
          }
          StringLike = {
            "gitlab.com:sub" = "project_path:mygroup/platform/gitlab-aws-oidc:ref_type:branch:ref:*"
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
        Resource = "arn:aws:iam::${var.account_id}:role/gitlab/*"
      },
      {
        Sid      = "ReadProvider"
        Effect   = "Allow"
        Action   = "iam:GetOpenIDConnectProvider"
        Resource = "arn:aws:iam::${var.account_id}:oidc-provider/gitlab.com"
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
              var.state_key,
              "${var.state_key}.tflock",
            ]
            "aws:ResourceAccount" = var.account_id
          }
        }
      },
      {
        Sid      = "State"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:aws:s3:::mygroup-terraform-state/${var.state_key}"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = var.account_id
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
        Resource = "arn:aws:s3:::mygroup-terraform-state/${var.state_key}.tflock"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = var.account_id
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
          Federated = "arn:aws:iam::${var.account_id}:oidc-provider/gitlab.com"
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"           = "https://gitlab.com"
            "gitlab.com:sub"           = "project_path:mygroup/platform/gitlab-aws-oidc:ref_type:branch:ref:main"
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
        Resource = "arn:aws:iam::${var.account_id}:role/gitlab/*"
      },
      {
        Sid      = "ReadProvider"
        Effect   = "Allow"
        Action   = "iam:GetOpenIDConnectProvider"
        Resource = "arn:aws:iam::${var.account_id}:oidc-provider/gitlab.com"
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
        Resource = "arn:aws:iam::${var.account_id}:role/gitlab/*"
        Condition = {
          StringEquals = {
            "iam:PermissionsBoundary" = "arn:aws:iam::${var.account_id}:policy/gitlab-bootstrap/gitlab-boundary"
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
        Resource = "arn:aws:iam::${var.account_id}:role/gitlab/*"
      },
      {
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:aws:s3:::mygroup-terraform-state"
        Condition = {
          StringEquals = {
            "s3:prefix" = [
              var.state_key,
              "${var.state_key}.tflock",
            ]
            "aws:ResourceAccount" = var.account_id
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
        Resource = "arn:aws:s3:::mygroup-terraform-state/${var.state_key}"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = var.account_id
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
        Resource = "arn:aws:s3:::mygroup-terraform-state/${var.state_key}.tflock"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = var.account_id
          }
        }
      },
      {
        Sid    = "NeverTheBootstrap"
        Effect = "Deny"
        Action = "iam:*"
        Resource = [
          "arn:aws:iam::${var.account_id}:role/gitlab-bootstrap/*",
          "arn:aws:iam::${var.account_id}:policy/gitlab-bootstrap/*",
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
        Resource = "arn:aws:iam::${var.account_id}:oidc-provider/gitlab.com"
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
