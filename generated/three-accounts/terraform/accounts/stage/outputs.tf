output "provider_arn" {
  description = "ARN of the IAM OIDC provider"
  value       = data.aws_iam_openid_connect_provider.gitlab.arn
}

output "role_arns" {
  description = "ARN of each role, for the CI jobs that assume it"
  value       = module.gitlab_oidc.role_arns
}
