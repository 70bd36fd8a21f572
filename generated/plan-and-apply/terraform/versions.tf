terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81, < 7.0"
    }
  }

  backend "http" {
    address        = "https://gitlab.com/api/v4/projects/mygroup%2Fplatform%2Fgitlab-aws-oidc/terraform/state/gitlab-aws-oidc"
    lock_address   = "https://gitlab.com/api/v4/projects/mygroup%2Fplatform%2Fgitlab-aws-oidc/terraform/state/gitlab-aws-oidc/lock"
    unlock_address = "https://gitlab.com/api/v4/projects/mygroup%2Fplatform%2Fgitlab-aws-oidc/terraform/state/gitlab-aws-oidc/lock"
    lock_method    = "POST"
    unlock_method  = "DELETE"
  }
}
