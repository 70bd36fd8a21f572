terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 7.0"
    }
  }

  backend "s3" {
    bucket       = "docs-terraform-state"
    key          = "handbook/oidc.tfstate"
    region       = "us-gov-east-1"
    encrypt      = true
    use_lockfile = true
  }
}
