output "provider_arn" {
  description = "ARN of the IAM OIDC provider"
  value       = aws_iam_openid_connect_provider.gitlab.arn
}

output "role_arns" {
  description = "ARN of each role, for the CI jobs that assume it"
  value = {
    "deploy-acme-shop-web" = aws_iam_role.deploy_acme_shop_web.arn
    "deploy-acme-shop-api" = aws_iam_role.deploy_acme_shop_api.arn
    "deploy-acme-data-etl" = aws_iam_role.deploy_acme_data_etl.arn
    "read-config"          = aws_iam_role.read_config.arn
  }
}
