module "gitlab_oidc" {
  source = "../../modules/gitlab-oidc"

  provider_arn         = data.aws_iam_openid_connect_provider.gitlab.arn
  roles                = ["shop-deploy"]
  account_id           = "111111111111"
  permissions_boundary = "arn:aws:iam::111111111111:policy/gitlab-bootstrap/gitlab-boundary"
}
