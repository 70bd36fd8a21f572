output "provider_arn" {
  value = data.aws_iam_openid_connect_provider.gitlab.arn
}

output "role_arns" {
  value = merge(module.gitlab_oidc.role_arns, {
    "shop-deploy" = aws_iam_role.shop_deploy.arn
  })
}
