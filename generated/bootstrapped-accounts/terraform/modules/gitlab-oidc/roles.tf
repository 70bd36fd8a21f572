resource "aws_iam_role" "shop_deploy" {
  count = contains(var.roles, "shop-deploy") ? 1 : 0

  name                 = "shop-deploy"
  path                 = "/gitlab/"
  permissions_boundary = var.permissions_boundary

  tags = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Federated = var.provider_arn
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"           = "https://gitlab.com"
            "gitlab.com:sub"           = "project_path:mygroup/shop:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "20"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "shop_deploy_s3" {
  count = length(aws_iam_role.shop_deploy)

  name = "s3"
  role = aws_iam_role.shop_deploy[0].name

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
            "aws:ResourceAccount" = var.account_id
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
            "aws:ResourceAccount" = var.account_id
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "shop_read" {
  name                 = "shop-read"
  path                 = "/gitlab/"
  permissions_boundary = var.permissions_boundary

  tags = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Federated = var.provider_arn
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "gitlab.com:aud"        = "https://gitlab.com"
            "gitlab.com:project_id" = "20"
          }
          StringLike = {
            "gitlab.com:sub" = "project_path:mygroup/shop:ref_type:branch:ref:*"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "shop_read_ViewOnlyAccess" {
  role       = aws_iam_role.shop_read.name
  policy_arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
}
