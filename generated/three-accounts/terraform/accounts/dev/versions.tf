terraform {
  required_version = ">= 1.10"

  backend "s3" {
    bucket       = "mygroup-terraform-state"
    key          = "gitlab-aws-oidc/dev/terraform.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}
