resource "aws_iam_role" "shop_deploy" {
  name                 = "shop-deploy"
  path                 = "/gitlab/"
  permissions_boundary = "arn:aws:iam::333333333333:policy/security/ci-boundary"

  tags = {
    Stage = "prod"
  }

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Federated = data.aws_iam_openid_connect_provider.gitlab.arn
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"           = "https://gitlab.com"
            "gitlab.com:project_id"    = "20"
            "gitlab.com:ref_protected" = "true"
          }
          StringLike = {
            "gitlab.com:sub" = "project_path:mygroup/shop:ref_type:tag:ref:v*"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "shop_deploy_s3" {
  name = "s3"
  role = aws_iam_role.shop_deploy.name

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
        Resource = "arn:aws:s3:::my-shop-assets"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "333333333333"
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
        Resource = "arn:aws:s3:::my-shop-assets/*"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "333333333333"
          }
        }
      },
    ]
  })
}
