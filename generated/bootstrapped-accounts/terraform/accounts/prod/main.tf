module "gitlab_oidc" {
  source = "../../modules/gitlab-oidc"

  provider_arn         = data.aws_iam_openid_connect_provider.gitlab.arn
  account_id           = "333333333333"
  permissions_boundary = "arn:aws:iam::333333333333:policy/security/ci-boundary"
  tags = {
    Stage = "prod"
  }
}
