output "provider_arn" {
  description = "ARN of the IAM OIDC provider"
  value       = aws_iam_openid_connect_provider.gitlab.arn
}

output "role_arns" {
  description = "ARN of each role, for the CI jobs that assume it"
  value = {
    "acme-push-images"   = aws_iam_role.acme_push_images.arn
    "acme-push-images-2" = aws_iam_role.acme_push_images_2.arn
    "acme-push-images-3" = aws_iam_role.acme_push_images_3.arn
    "acme-push-images-4" = aws_iam_role.acme_push_images_4.arn
    "acme-website"       = aws_iam_role.acme_website.arn
    "acme-nightly"       = aws_iam_role.acme_nightly.arn
  }
}
