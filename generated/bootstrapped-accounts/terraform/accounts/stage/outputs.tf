output "provider_arn" {
  value = data.aws_iam_openid_connect_provider.gitlab.arn
}

output "role_arns" {
  value = module.gitlab_oidc.role_arns
}
