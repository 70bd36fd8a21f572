module "gitlab_oidc" {
  source = "../../modules/gitlab-oidc"

  provider_arn         = aws_iam_openid_connect_provider.gitlab.arn
  account_id           = "333333333333"
  region               = "eu-central-1"
  permissions_boundary = "arn:aws:iam::333333333333:policy/ci-boundary"
  tags = {
    Stage = "prod"
  }
}
