resource "aws_iam_role" "gitlab_legacy" {
  name = "gitlab-legacy"

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
            "gitlab.example.com:aud" = "https://gitlab.example.com"
            "gitlab.example.com:sub" = "project_path:mygroup/myproject:ref_type:branch:ref:main"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "gitlab_legacy_s3" {
  name = "s3"
  role = aws_iam_role.gitlab_legacy.name

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
        Resource = "arn:aws:s3:::my-bucket"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
      {
        Sid      = "Read"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:aws:s3:::my-bucket/*"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}
