resource "aws_iam_role" "push_images" {
  name        = "push-images"
  description = "Pushes images from main"

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
            "gitlab.com:sub"           = "project_path:acme/platform/images:ref_type:branch:ref:main"
            "gitlab.com:project_id"    = "42"
            "gitlab.com:ref_protected" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "push_images_ecr_push" {
  name = "ecr-push"
  role = aws_iam_role.push_images.name

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
        Resource = "arn:aws:ecr:eu-central-1:123456789012:repository/acme/images"
      },
    ]
  })
}
