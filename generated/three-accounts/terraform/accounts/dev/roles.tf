resource "aws_iam_role" "sandbox" {
  name = "sandbox"

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
            "gitlab.com:aud" = [
              "https://gitlab.com",
              "sts.amazonaws.com",
            ]
            "gitlab.com:project_id" = "21"
          }
          StringLike = {
            "gitlab.com:sub" = "project_path:mygroup/experiments:ref_type:branch:ref:*"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "sandbox_s3" {
  name = "s3"
  role = aws_iam_role.sandbox.name

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
        Resource = "arn:aws:s3:::my-sandbox"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "111111111111"
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
        Resource = "arn:aws:s3:::my-sandbox/*"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "111111111111"
          }
        }
      },
    ]
  })
}
