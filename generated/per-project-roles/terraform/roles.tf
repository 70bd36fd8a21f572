resource "aws_iam_role" "deploy_acme_shop_web" {
  name        = "deploy-acme-shop-web"
  path        = "/gitlab/"
  description = "Deploys acme/shop/web"

  tags = {
    Project = "acme/shop/web"
  }

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
            "gitlab.com:sub"           = "project_path:acme/shop/web:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "4001"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_shop_web_s3" {
  name = "s3"
  role = aws_iam_role.deploy_acme_shop_web.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Buckets"
        Effect = "Allow"
        Action = [
          "s3:GetBucketLocation",
          "s3:ListBucket",
        ]
        Resource = "arn:aws:s3:::acme-shop-web-www"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
      {
        Sid    = "Write"
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:PutObject",
        ]
        Resource = "arn:aws:s3:::acme-shop-web-www/*"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_shop_web_secrets_manager" {
  name = "secrets-manager"
  role = aws_iam_role.deploy_acme_shop_web.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Read"
        Effect = "Allow"
        Action = [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
        ]
        Resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/shop/web/*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_shop_web_ecr_push" {
  name = "ecr-push"
  role = aws_iam_role.deploy_acme_shop_web.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "SignIn"
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Sid    = "Images"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ]
        Resource = "arn:aws:ecr:eu-west-1:123456789012:repository/acme/shop/web"
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_shop_web_terraform_state_write" {
  name = "terraform-state-write"
  role = aws_iam_role.deploy_acme_shop_web.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:aws:s3:::acme-terraform-state"
        Condition = {
          StringEquals = {
            "s3:prefix" = [
              "acme/shop/web/terraform.tfstate",
              "acme/shop/web/terraform.tfstate.tflock",
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
        Resource = "arn:aws:s3:::acme-terraform-state/acme/shop/web/terraform.tfstate"
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
        Resource = "arn:aws:s3:::acme-terraform-state/acme/shop/web/terraform.tfstate.tflock"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "deploy_acme_shop_api" {
  name        = "deploy-acme-shop-api"
  path        = "/gitlab/"
  description = "Deploys acme/shop/api"

  tags = {
    Project = "acme/shop/api"
  }

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
            "gitlab.com:sub"           = "project_path:acme/shop/api:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "4002"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_shop_api_s3" {
  name = "s3"
  role = aws_iam_role.deploy_acme_shop_api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Buckets"
        Effect = "Allow"
        Action = [
          "s3:GetBucketLocation",
          "s3:ListBucket",
        ]
        Resource = "arn:aws:s3:::acme-shop-api-www"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
      {
        Sid    = "Write"
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:PutObject",
        ]
        Resource = "arn:aws:s3:::acme-shop-api-www/*"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_shop_api_secrets_manager" {
  name = "secrets-manager"
  role = aws_iam_role.deploy_acme_shop_api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Read"
        Effect = "Allow"
        Action = [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
        ]
        Resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/shop/api/*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_shop_api_ecr_push" {
  name = "ecr-push"
  role = aws_iam_role.deploy_acme_shop_api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "SignIn"
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Sid    = "Images"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ]
        Resource = "arn:aws:ecr:eu-west-1:123456789012:repository/acme/shop/api"
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_shop_api_terraform_state_write" {
  name = "terraform-state-write"
  role = aws_iam_role.deploy_acme_shop_api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:aws:s3:::acme-terraform-state"
        Condition = {
          StringEquals = {
            "s3:prefix" = [
              "acme/shop/api/terraform.tfstate",
              "acme/shop/api/terraform.tfstate.tflock",
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
        Resource = "arn:aws:s3:::acme-terraform-state/acme/shop/api/terraform.tfstate"
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
        Resource = "arn:aws:s3:::acme-terraform-state/acme/shop/api/terraform.tfstate.tflock"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "deploy_acme_data_etl" {
  name        = "deploy-acme-data-etl"
  path        = "/gitlab/"
  description = "Deploys acme/data/etl"

  tags = {
    Project = "acme/data/etl"
  }

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
            "gitlab.com:sub"           = "project_path:acme/data/etl:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "4003"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_data_etl_s3" {
  name = "s3"
  role = aws_iam_role.deploy_acme_data_etl.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Buckets"
        Effect = "Allow"
        Action = [
          "s3:GetBucketLocation",
          "s3:ListBucket",
        ]
        Resource = "arn:aws:s3:::acme-data-etl-www"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
      {
        Sid    = "Write"
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:PutObject",
        ]
        Resource = "arn:aws:s3:::acme-data-etl-www/*"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_data_etl_secrets_manager" {
  name = "secrets-manager"
  role = aws_iam_role.deploy_acme_data_etl.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Read"
        Effect = "Allow"
        Action = [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
        ]
        Resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/data/etl/*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_data_etl_ecr_push" {
  name = "ecr-push"
  role = aws_iam_role.deploy_acme_data_etl.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "SignIn"
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Sid    = "Images"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ]
        Resource = "arn:aws:ecr:eu-west-1:123456789012:repository/acme/data/etl"
      },
    ]
  })
}

resource "aws_iam_role_policy" "deploy_acme_data_etl_terraform_state_write" {
  name = "terraform-state-write"
  role = aws_iam_role.deploy_acme_data_etl.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:aws:s3:::acme-terraform-state"
        Condition = {
          StringEquals = {
            "s3:prefix" = [
              "acme/data/etl/terraform.tfstate",
              "acme/data/etl/terraform.tfstate.tflock",
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
        Resource = "arn:aws:s3:::acme-terraform-state/acme/data/etl/terraform.tfstate"
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
        Resource = "arn:aws:s3:::acme-terraform-state/acme/data/etl/terraform.tfstate.tflock"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "read_config" {
  name = "read-config"
  path = "/gitlab/"

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
            "gitlab.com:sub"           = "project_path:acme/shop/web:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "4001"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Federated = aws_iam_openid_connect_provider.gitlab.arn
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"           = "https://gitlab.com"
            "gitlab.com:sub"           = "project_path:acme/shop/api:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "4002"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "read_config_AmazonSSMReadOnlyAccess" {
  role       = aws_iam_role.read_config.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess"
}
