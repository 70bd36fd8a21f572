module "gitlab_oidc" {
  source = "../../modules/gitlab-oidc"

  provider_arn = aws_iam_openid_connect_provider.gitlab.arn
  roles        = ["shop-deploy"]
  account_id   = "111111111111"
  region       = "eu-west-1"
}
