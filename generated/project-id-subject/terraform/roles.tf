resource "aws_iam_role" "gitlab_release" {
  name = "gitlab-release"

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
            "gitlab.example.com:sub" = "project_id:20:ref_type:branch:ref:main:ref_protected:true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "gitlab_release_s3" {
  name = "s3"
  role = aws_iam_role.gitlab_release.name

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
        Resource = "arn:aws:s3:::my-releases"
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
        Resource = "arn:aws:s3:::my-releases/*"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "gitlab_website" {
  name = "gitlab-website"

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
            "gitlab.example.com:sub" = "project_id:21:ref_type:branch:ref:main:ref_protected:true:deployment_tier:production"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "gitlab_website_s3" {
  name = "s3"
  role = aws_iam_role.gitlab_website.name

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
        Resource = "arn:aws:s3:::my-website"
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
        Resource = "arn:aws:s3:::my-website/*"
        Condition = {
          StringEquals = {
            "aws:ResourceAccount" = "123456789012"
          }
        }
      },
    ]
  })
}
