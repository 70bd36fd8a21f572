resource "aws_iam_role" "publish" {
  name = "publish"

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
            "oidc.example.com:aud" = "sts.amazonaws.com"
            "oidc.example.com:sub" = "project_path:docs/handbook:ref_type:branch:ref:main"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "publish_s3" {
  name = "s3"
  role = aws_iam_role.publish.name

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
        Resource = "arn:aws-us-gov:s3:::handbook-site"
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
        Resource = "arn:aws-us-gov:s3:::handbook-site/*"
      },
    ]
  })
}
