resource "aws_iam_role" "gitlab_deploy" {
  name = "gitlab-deploy"

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
            "gitlab.example.com:aud" = "sts.amazonaws.com"
            "gitlab.example.com:sub" = [
              "project_path:mygroup/myproject:ref_type:branch:ref:main",
              "project_path:mygroup/subgroup/service:ref_type:branch:ref:main",
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
            "gitlab.example.com:aud" = "sts.amazonaws.com"
          }
          StringLike = {
            "gitlab.example.com:sub" = [
              "project_path:mygroup/myproject:ref_type:branch:ref:release/*",
              "project_path:mygroup/myproject:ref_type:tag:ref:v*",
              "project_path:mygroup/subgroup/service:ref_type:branch:ref:release/*",
              "project_path:mygroup/subgroup/service:ref_type:tag:ref:v*",
            ]
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "gitlab_deploy_secrets_manager" {
  name = "secrets-manager"
  role = aws_iam_role.gitlab_deploy.name

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
        Resource = "arn:aws:secretsmanager:eu-central-1:*:secret:myproject/*"
      },
    ]
  })
}
