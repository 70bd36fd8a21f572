output "role_arns" {
  description = "ARN of each role in the account, by its name"
  value = merge(
    {
      "shop-read" = aws_iam_role.shop_read.arn
    },
    { for role in aws_iam_role.shop_deploy : role.name => role.arn },
  )
}
