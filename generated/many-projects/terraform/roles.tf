resource "aws_iam_role" "acme_push_images" {
  name                 = "acme-push-images"
  path                 = "/gitlab/"
  description          = "Pushes the images of every service"
  max_session_duration = 7200
  permissions_boundary = "arn:aws:iam::123456789012:policy/gitlab/ci-boundary"

  tags = {
    Owner         = "platform"
    "Cost Center" = "4711"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/accounts:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2000"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/billing:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2001"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/catalog:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2002"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/checkout:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2003"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/delivery:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2004"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "acme_push_images_ecr_push" {
  name = "ecr-push"
  role = aws_iam_role.acme_push_images.name

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
        Resource = [
          "arn:aws:ecr:eu-west-1:123456789012:repository/acme/base",
          "arn:aws:ecr:eu-west-1:123456789012:repository/acme/services",
        ]
      },
    ]
  })
}

resource "aws_iam_role" "acme_push_images_2" {
  name                 = "acme-push-images-2"
  path                 = "/gitlab/"
  description          = "Pushes the images of every service"
  max_session_duration = 7200
  permissions_boundary = "arn:aws:iam::123456789012:policy/gitlab/ci-boundary"

  tags = {
    Owner         = "platform"
    "Cost Center" = "4711"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/email:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2005"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/fraud:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2006"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/gateway:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2007"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/inventory:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2008"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/invoices:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2009"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "acme_push_images_2_ecr_push" {
  name = "ecr-push"
  role = aws_iam_role.acme_push_images_2.name

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
        Resource = [
          "arn:aws:ecr:eu-west-1:123456789012:repository/acme/base",
          "arn:aws:ecr:eu-west-1:123456789012:repository/acme/services",
        ]
      },
    ]
  })
}

resource "aws_iam_role" "acme_push_images_3" {
  name                 = "acme-push-images-3"
  path                 = "/gitlab/"
  description          = "Pushes the images of every service"
  max_session_duration = 7200
  permissions_boundary = "arn:aws:iam::123456789012:policy/gitlab/ci-boundary"

  tags = {
    Owner         = "platform"
    "Cost Center" = "4711"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/ledger:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2010"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/loyalty:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2011"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/notifications:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2012"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/orders:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2013"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/payments:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2014"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "acme_push_images_3_ecr_push" {
  name = "ecr-push"
  role = aws_iam_role.acme_push_images_3.name

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
        Resource = [
          "arn:aws:ecr:eu-west-1:123456789012:repository/acme/base",
          "arn:aws:ecr:eu-west-1:123456789012:repository/acme/services",
        ]
      },
    ]
  })
}

resource "aws_iam_role" "acme_push_images_4" {
  name                 = "acme-push-images-4"
  path                 = "/gitlab/"
  description          = "Pushes the images of every service"
  max_session_duration = 7200
  permissions_boundary = "arn:aws:iam::123456789012:policy/gitlab/ci-boundary"

  tags = {
    Owner         = "platform"
    "Cost Center" = "4711"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/pricing:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2015"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/profile:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2016"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/reports:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2017"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/returns:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2018"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/services/search:ref_type:branch:ref:main"
            "gitlab.com:namespace_id"  = "310"
            "gitlab.com:project_id"    = "2019"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "acme_push_images_4_ecr_push" {
  name = "ecr-push"
  role = aws_iam_role.acme_push_images_4.name

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
        Resource = [
          "arn:aws:ecr:eu-west-1:123456789012:repository/acme/base",
          "arn:aws:ecr:eu-west-1:123456789012:repository/acme/services",
        ]
      },
    ]
  })
}

resource "aws_iam_role" "acme_website" {
  name                 = "acme-website"
  path                 = "/gitlab/"
  permissions_boundary = "arn:aws:iam::123456789012:policy/gitlab/ci-boundary"

  tags = {
    Owner         = "platform"
    "Cost Center" = "4711"
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/web/site:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "3001"
            "gitlab.com:ref_protected" = "true"
            "gitlab.com:pipeline_source" = [
              "push",
              "web",
            ]
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:project_id"    = "3001"
            "gitlab.com:ref_protected" = "true"
            "gitlab.com:pipeline_source" = [
              "push",
              "web",
            ]
          }
          StringLike = {
            "gitlab.com:sub" = [
              "project_path:acme/web/site:ref_type:branch:ref:hotfix/*",
              "project_path:acme/web/site:ref_type:tag:ref:v*",
            ]
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:sub"           = "project_path:acme/web/shop:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "3002"
            "gitlab.com:ref_protected" = "true"
            "gitlab.com:pipeline_source" = [
              "push",
              "web",
            ]
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
            "gitlab.com:aud"           = "sts.amazonaws.com"
            "gitlab.com:project_id"    = "3002"
            "gitlab.com:ref_protected" = "true"
            "gitlab.com:pipeline_source" = [
              "push",
              "web",
            ]
          }
          StringLike = {
            "gitlab.com:sub" = [
              "project_path:acme/web/shop:ref_type:branch:ref:hotfix/*",
              "project_path:acme/web/shop:ref_type:tag:ref:v*",
            ]
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "acme_website_s3" {
  name = "s3"
  role = aws_iam_role.acme_website.name

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
        Resource = [
          "arn:aws:s3:::acme-website",
          "arn:aws:s3:::acme-website-preview",
        ]
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
        Resource = [
          "arn:aws:s3:::acme-website/*",
          "arn:aws:s3:::acme-website-preview/*",
        ]
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "acme_website_invalidate_cache" {
  name = "invalidate-cache"
  role = aws_iam_role.acme_website.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "cloudfront:CreateInvalidation"
        Resource = "arn:aws:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7"
      },
    ]
  })
}

resource "aws_iam_role" "acme_nightly" {
  name                 = "acme-nightly"
  path                 = "/gitlab/"
  description          = "Starts and stops the test machines; \"night\" is 19:00 to 6:00"
  permissions_boundary = "arn:aws:iam::123456789012:policy/gitlab/ci-boundary"

  tags = {
    Owner         = "platform"
    "Cost Center" = "4711"
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
            "gitlab.com:aud"                = "sts.amazonaws.com"
            "gitlab.com:namespace_id"       = "320"
            "gitlab.com:ref_protected"      = "true"
            "gitlab.com:pipeline_source"    = "schedule"
            "gitlab.com:runner_environment" = "self-hosted"
          }
          StringLike = {
            "gitlab.com:sub" = "project_path:acme/operations/*:ref_type:branch:ref:main"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "acme_nightly_CloudWatchReadOnlyAccess" {
  role       = aws_iam_role.acme_nightly.name
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"
}

resource "aws_iam_role_policy" "acme_nightly_ec2_write" {
  name = "ec2-write"
  role = aws_iam_role.acme_nightly.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "SeeInstances"
        Effect = "Allow"
        Action = [
          "ec2:DescribeInstanceStatus",
          "ec2:DescribeInstances",
          "ec2:DescribeTags",
        ]
        Resource = "*"
      },
      {
        Sid    = "OperateInstances"
        Effect = "Allow"
        Action = [
          "ec2:RebootInstances",
          "ec2:StartInstances",
          "ec2:StopInstances",
        ]
        Resource = "arn:aws:ec2:eu-west-1:123456789012:instance/*"
        Condition = {
          StringEquals = {
            "aws:ResourceTag/Environment" = "test"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "acme_nightly_secrets_manager" {
  name = "secrets-manager"
  role = aws_iam_role.acme_nightly.name

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
        Resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:test/*"
      },
      {
        Sid    = "Write"
        Effect = "Allow"
        Action = [
          "secretsmanager:CreateSecret",
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecret",
        ]
        Resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:test/rotated/*"
      },
    ]
  })
}
