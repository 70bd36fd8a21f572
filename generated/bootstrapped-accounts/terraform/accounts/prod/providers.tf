provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["333333333333"]
}
