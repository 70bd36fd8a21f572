output "provider_arn" {
  description = "ARN of the IAM OIDC provider"
  value       = aws_iam_openid_connect_provider.gitlab.arn
}

output "role_arns" {
  description = "ARN of each role, for the CI jobs that assume it"
  value = merge(module.gitlab_oidc.role_arns, {
    "shop-deploy" = aws_iam_role.shop_deploy.arn
  })
}
