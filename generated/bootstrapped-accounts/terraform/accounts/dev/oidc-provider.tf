data "aws_iam_openid_connect_provider" "gitlab" {
  url = "https://gitlab.com"
}
