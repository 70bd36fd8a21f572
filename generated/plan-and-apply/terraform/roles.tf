resource "aws_iam_role" "infra_plan" {
  name        = "infra-plan"
  description = "Reads, for the plans of merge requests"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Federated = aws_iam_openid_connect_provider.gitlab.arn
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"        = "https://gitlab.com"
            "gitlab.com:project_id" = "4711"
          }
          StringLike = {
            "gitlab.com:sub" = "project_path:mygroup/infrastructure:ref_type:branch:ref:*"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "infra_plan_ViewOnlyAccess" {
  role       = aws_iam_role.infra_plan.name
  policy_arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
}

resource "aws_iam_role_policy" "infra_plan_terraform_state_read" {
  name = "terraform-state-read"
  role = aws_iam_role.infra_plan.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:aws:s3:::mygroup-terraform-state"
        Condition = {
          StringEquals = {
            "s3:prefix" = [
              "infrastructure/terraform.tfstate",
              "infrastructure/terraform.tfstate.tflock",
            ]
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
      {
        Sid      = "State"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:aws:s3:::mygroup-terraform-state/infrastructure/terraform.tfstate"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
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
        Resource = "arn:aws:s3:::mygroup-terraform-state/infrastructure/terraform.tfstate.tflock"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "infra_apply" {
  name        = "infra-apply"
  description = "Deploys"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Federated = aws_iam_openid_connect_provider.gitlab.arn
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"           = "https://gitlab.com"
            "gitlab.com:sub"           = "project_path:mygroup/infrastructure:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "4711"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "infra_apply_PowerUserAccess" {
  role       = aws_iam_role.infra_apply.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_role_policy" "infra_apply_terraform_state_write" {
  name = "terraform-state-write"
  role = aws_iam_role.infra_apply.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:aws:s3:::mygroup-terraform-state"
        Condition = {
          StringEquals = {
            "s3:prefix" = [
              "infrastructure/terraform.tfstate",
              "infrastructure/terraform.tfstate.tflock",
            ]
            "aws:ResourceAccount" = "123456789012"
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
        Resource = "arn:aws:s3:::mygroup-terraform-state/infrastructure/terraform.tfstate"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
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
        Resource = "arn:aws:s3:::mygroup-terraform-state/infrastructure/terraform.tfstate.tflock"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}
